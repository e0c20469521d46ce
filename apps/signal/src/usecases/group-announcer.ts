import type { Announced, Announcement, SignalEvent, SignalKey } from '../ports/announcement.js';
import type { Announcements, EventPublisher } from '../ports/announcements.js';
import type { MatchedWait } from '../ports/waits.js';

/** Enough to make a commit worth its while, few enough to keep it short. */
const MAX_BATCH = 300;

export interface GroupAnnouncerOptions {
  readonly announcements: Announcements;
  readonly publisher: EventPublisher;
  /** Whether an error was the fault of one announcement's data: then the others of its batch are tried without it. */
  readonly isDataError: (error: unknown) => boolean;
  /** Told the size of each batch that was committed. */
  readonly onBatch?: (size: number) => void;
  readonly onPublishError: (error: unknown) => void;
  /** Told whom a committed batch freed. */
  readonly onMatched?: (matched: readonly MatchedWait[]) => void;
  /** Resolves when everybody is subscribed who was before the batch began. */
  readonly caughtUp?: () => Promise<void>;
  /** Told that a committed batch fired triggers. */
  readonly onFired?: () => void;
}

interface Waiting {
  readonly announcement: Announcement;
  readonly resolve: (announced: Announced) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * GroupAnnouncer commits announcements in groups: what arrives while a commit is under way joins the next one. An answer
 * means committed; the events are published after it, and leave the outbox with the next commit.
 */
export class GroupAnnouncer {
  private waiting: Waiting[] = [];
  private published: SignalKey[] = [];
  private running = false;

  constructor(private readonly options: GroupAnnouncerOptions) {}

  announce(announcement: Announcement): Promise<Announced> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ announcement, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  /** takePublished hands over the keys that are published and still in the outbox; the caller removes them. */
  takePublished(): readonly SignalKey[] {
    return this.published.splice(0);
  }

  private async run(): Promise<void> {
    this.running = true;
    // What is announced in this turn of the event loop shares the first commit.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, MAX_BATCH));
    this.running = false;
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    await this.options.caughtUp?.();
    const published = this.takePublished();
    try {
      const { answers, matched, fired } = await this.options.announcements.announce(
        batch.map((each) => each.announcement),
        published,
      );
      this.options.onBatch?.(batch.length);
      this.publish(batch, answers);
      answers.forEach((answer, index) => batch[index]?.resolve(answer));
      if (matched.length > 0) this.options.onMatched?.(matched);
      if (fired > 0) this.options.onFired?.();
    } catch (error) {
      this.published.push(...published);
      if (batch.length > 1 && this.options.isDataError(error)) for (const each of batch) await this.commit([each]);
      else for (const each of batch) each.reject(error);
    }
  }

  private publish(batch: readonly Waiting[], answers: readonly Announced[]): void {
    const events = answers.flatMap(({ signal, duplicate }, index): readonly SignalEvent[] => {
      const announcement = batch[index]?.announcement;
      if (announcement === undefined || duplicate) return [];
      const { tenant, announcedBy } = announcement;
      return [{ signal, tenant, ...(announcedBy === undefined ? {} : { announcedBy }) }];
    });
    if (events.length === 0) return;
    this.options.publisher.publish(events).then(
      (keys) => void this.published.push(...keys),
      (error: unknown) => this.options.onPublishError(error),
    );
  }
}
