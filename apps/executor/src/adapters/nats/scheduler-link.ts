import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { replicaReportsSubject, SCHEDULER_EXECUTORS, SCHEDULER_REPORTS, type Messaging } from '@maestro/messaging';
import {
  AttemptReportReplySchema,
  RenewLeaseReplySchema,
  RenewLeaseSchema,
} from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { SchedulerLink } from '../../ports/scheduler-link.js';

/** Without an answer in that time, reports are sent again. */
const REPORT_TIMEOUT_MS = 2_000;
/** A renewal that takes longer is useless: the next one is due. */
const RENEW_TIMEOUT_MS = 1_500;

/** natsSchedulerLink talks to the scheduler by NATS request and reply. */
export function natsSchedulerLink(messaging: Messaging): SchedulerLink {
  return {
    sendReports: async (replica, batch) => {
      const subject = replica === undefined ? SCHEDULER_REPORTS : replicaReportsSubject(replica);
      try {
        const reply = await messaging.request(subject, batch, { timeoutMs: REPORT_TIMEOUT_MS });
        return fromBinary(AttemptReportReplySchema, reply).verdicts;
      } catch (error) {
        return error instanceof MaestroError && error.code === 'UNAVAILABLE' ? 'no-responders' : 'no-answer';
      }
    },
    renewLease: async (request) => {
      const bytes = toBinary(RenewLeaseSchema, request);
      const reply = await messaging.request(SCHEDULER_EXECUTORS, bytes, { timeoutMs: RENEW_TIMEOUT_MS });
      return fromBinary(RenewLeaseReplySchema, reply);
    },
  };
}
