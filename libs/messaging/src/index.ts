export { connectMessaging, type Messaging, type MessagingOptions } from './connect-messaging.js';
export { type OutMessage, type PublishFailure } from './publish-batch.js';
export { type Headers, type HeaderReader } from './headers.js';
export { type HintHandler, type Listening, type RequestHandler, type RequestOptions } from './request-reply.js';
export { type Delivery } from './delivery.js';
export { type TaskConsumer, type TaskSubscription } from './consume-tasks.js';
export { type ConsumerTopology, type StreamTopology } from './ensure-streams.js';
export {
  TASKS_STREAM,
  EVENTS_STREAM,
  CLOUDEVENTS_STREAM,
  NOTIFIER_CONSUMERS,
  SCHEDULER_QUEUE,
  SIGNAL_QUEUE,
  STREAMS,
  SUBJECTS,
  subjectMatches,
  taskConsumer,
  type Party,
  type SubjectRow,
} from './topology.js';
export {
  SCHEDULER_MATCHES,
  SCHEDULER_REPORTS,
  SIGNAL_EVENTS,
  SIGNAL_STEPS,
  SCHEDULER_EXECUTORS,
  SCHEDULER_WATCH,
  EXECUTORS_CANCEL,
  DEFINITION_CHANGED,
  RUN_EVENTS,
  subjectToken,
  nameOfToken,
  taskSubject,
  parseTaskSubject,
  taskConsumerName,
  replicaBreakpointsSubject,
  replicaMatchesSubject,
  replicaReportsSubject,
  shardHintSubject,
  watchedRunSubject,
  parseShardHintSubject,
  executorCancelSubject,
  signalEventSubject,
  cloudEventSubject,
  type CloudEventAddress,
  type TaskAddress,
} from './subjects.js';
