/**
 * What CloudWatch counts of the log: a line in its embedded metric format (EMF) is a metric, too. Only for what an alarm
 * watches; all else can be counted by a query.
 */
export const NAMESPACE = 'SyncML';
/** The dimension that tells one deployment from another: the prefix of its tables. */
export const DEPLOYMENT = 'deployment';

/** Which events are counted, and under which name. */
export const METRICS = { 'auth-failed': 'FailedLogins' } as const;

type Counted = keyof typeof METRICS;
export const isCounted = (event: string): event is Counted => Object.hasOwn(METRICS, event);

/** The members that make a metric of the line of an event; none for an event that is not counted. `at`: epoch ms. */
export function metricFields(event: string, deployment: string, at: number): object {
  if (!isCounted(event)) return {};
  const name = METRICS[event];
  const metric = {
    Namespace: NAMESPACE,
    Dimensions: [[DEPLOYMENT]],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  return { _aws: { Timestamp: at, CloudWatchMetrics: [metric] }, [DEPLOYMENT]: deployment, [name]: 1 };
}
