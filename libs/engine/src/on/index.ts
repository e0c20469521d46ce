import { isTerminalInstance } from '@maestro/domain';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { onAttemptClaimed } from './attempt-claimed.js';
import { onAttemptEnded } from './attempt-ended.js';
import { onAttemptProgressed } from './attempt-progressed.js';
import { onAttemptReleased } from './attempt-released.js';
import { onChildFinished } from './child-finished.js';
import { onChildRefused } from './child-refused.js';
import { onChildStarted } from './child-started.js';
import { onDispatchLost } from './dispatch-lost.js';
import { onEvaluated } from './evaluated.js';
import { onExecutorLost } from './executor-lost.js';
import { onKillRequested } from './kill-requested.js';
import { onPauseRequested } from './pause-requested.js';
import { onPermitsGranted } from './permits-granted.js';
import { onIterationsRecalled } from './iterations-recalled.js';
import { onRestartRequested } from './restart-requested.js';
import { onResumeRequested } from './resume-requested.js';
import { onRunEvaluated } from './run-evaluated.js';
import { onRunLaunched } from './run-launched.js';
import { onSignalsAnnounced } from './signals-announced.js';
import { onSignalsMatched } from './signals-matched.js';
import { onSignalsRefused } from './signals-refused.js';
import { onStepBypassRequested } from './step-bypass-requested.js';
import { onStepKillRequested } from './step-kill-requested.js';
import { onStepResumeRequested } from './step-resume-requested.js';
import { onStepSkipRequested } from './step-skip-requested.js';
import { onStepStopRequested } from './step-stop-requested.js';
import { onStopRequested } from './stop-requested.js';
import { onTimerFired } from './timer-fired.js';
import { onWaitsOpened } from './waits-opened.js';

/** onEvent applies one event; a run that has ended takes none. */
export function onEvent(draft: Draft, event: EngineEvent): Verdict {
  if (isTerminalInstance(draft.header.status)) return 'ended';
  switch (event.type) {
    case 'run-launched':
      return onRunLaunched(draft, event);
    case 'attempt-claimed':
      return onAttemptClaimed(draft, event);
    case 'attempt-progressed':
      return onAttemptProgressed(draft, event);
    case 'attempt-ended':
      return onAttemptEnded(draft, event);
    case 'attempt-released':
      return onAttemptReleased(draft, event);
    case 'child-started':
      return onChildStarted(draft, event);
    case 'child-refused':
      return onChildRefused(draft, event);
    case 'child-finished':
      return onChildFinished(draft, event);
    case 'executor-lost':
      return onExecutorLost(draft, event);
    case 'dispatch-lost':
      return onDispatchLost(draft, event);
    case 'waits-opened':
    case 'signals-matched':
    case 'signals-announced':
    case 'signals-refused':
      return onSignalEvent(draft, event);
    case 'permits-granted':
      return onPermitsGranted(draft, event);
    case 'timer-fired':
      return onTimerFired(draft, event);
    case 'stop-requested':
      return onStopRequested(draft, event);
    case 'kill-requested':
      return onKillRequested(draft, event);
    case 'step-stop-requested':
    case 'step-kill-requested':
    case 'step-skip-requested':
    case 'step-resume-requested':
    case 'step-bypass-requested':
      return onStepAct(draft, event);
    case 'pause-requested':
      return onPauseRequested(draft, event);
    case 'resume-requested':
      return onResumeRequested(draft, event);
    case 'evaluated':
      return onEvaluated(draft, event);
    case 'run-evaluated':
      return onRunEvaluated(draft, event);
    case 'iterations-recalled':
      return onIterationsRecalled(draft, event);
    case 'restart-requested':
      return onRestartRequested(draft, event);
    case 'continued':
      return 'accepted';
  }
}

type StepActEvent = Extract<EngineEvent, { type: `step-${string}-requested` }>;

/** What a person does to one step. */
function onStepAct(draft: Draft, event: StepActEvent): Verdict {
  switch (event.type) {
    case 'step-stop-requested':
      return onStepStopRequested(draft, event);
    case 'step-kill-requested':
      return onStepKillRequested(draft, event);
    case 'step-skip-requested':
      return onStepSkipRequested(draft, event);
    case 'step-resume-requested':
      return onStepResumeRequested(draft, event);
    case 'step-bypass-requested':
      return onStepBypassRequested(draft, event);
  }
}

type SignalEvent = Extract<EngineEvent, { type: 'waits-opened' | `signals-${string}` }>;

/** What the signal service says. */
function onSignalEvent(draft: Draft, event: SignalEvent): Verdict {
  switch (event.type) {
    case 'waits-opened':
      return onWaitsOpened(draft, event);
    case 'signals-matched':
      return onSignalsMatched(draft, event);
    case 'signals-announced':
      return onSignalsAnnounced(draft, event);
    case 'signals-refused':
      return onSignalsRefused(draft, event);
  }
}
