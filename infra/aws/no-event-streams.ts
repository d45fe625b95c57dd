/**
 * Stands in for `@smithy/core/event-streams` in the bundles: the SDK loads it for operations that stream events, of
 * which DynamoDB has none.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('DynamoDB streams no events.');
  }
}
export const eventStreamSerdeProvider = (): EventStreamSerde => new EventStreamSerde();
