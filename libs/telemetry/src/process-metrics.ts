import { performance } from 'node:perf_hooks';
import { type Meter } from '@opentelemetry/api';

/**
 * registerProcessMetrics adds what tells a saturated process: CPU seconds, memory, event loop utilization. They are read
 * on scrape only, so that an idle process stays idle.
 */
export function registerProcessMetrics(meter: Meter): void {
  meter
    .createObservableCounter('process_cpu_seconds', { unit: 's', description: 'CPU time used, user and system' })
    .addCallback((result) => {
      const used = process.cpuUsage();
      result.observe((used.user + used.system) / 1e6);
    });
  meter
    .createObservableGauge('process_resident_memory_bytes', { unit: 'By', description: 'Resident memory' })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  meter
    .createObservableGauge('process_heap_used_bytes', { unit: 'By', description: 'JavaScript heap in use' })
    .addCallback((result) => result.observe(process.memoryUsage().heapUsed));
  let since = performance.eventLoopUtilization();
  meter
    .createObservableGauge('event_loop_utilization', {
      description: 'Share of the time since the last scrape in which the event loop was busy, 0 to 1',
    })
    .addCallback((result) => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, since).utilization);
      since = now;
    });
}
