/** What a step reports to those who run the server. The shell makes log lines and metrics of it. */
export interface EngineEvent {
  readonly event:
    | 'conflict'
    | 'forced-slow-sync'
    /** A login with wrong credentials. */
    | 'auth-failed'
    /** A message opens no session for another reason, often because it is to be challenged first. */
    | 'not-opened'
    | 'type-not-accepted'
    | 'too-large'
    | 'item-refused'
    | 'client-error'
    | 'no-memory'
    | 'session-complete'
    | 'session-truncated'
    | 'busy';
  /** Events of one kind that would be told item by item are counted. */
  readonly items?: number;
  readonly [field: string]: string | number | boolean | undefined;
}

/** The events of a step; only this list writes them. */
export class EventList {
  private readonly events: EngineEvent[] = [];

  get all(): readonly EngineEvent[] {
    return this.events;
  }

  tell(event: EngineEvent): void {
    this.events.push(event);
  }

  /** Counts one more item in the event of this kind for the datastore. */
  countItem(event: EngineEvent['event'], datastore: string): void {
    const at = this.events.findIndex((one) => one.event === event && one.datastore === datastore);
    const known = this.events[at];
    if (known === undefined) return this.tell({ event, datastore, items: 1 });
    this.events[at] = { ...known, items: (known.items ?? 0) + 1 };
  }

  /** Returns a function that restores the list as it is now. */
  savepoint(): () => void {
    const saved = [...this.events];
    return () => {
      this.events.splice(0, this.events.length, ...saved);
    };
  }
}
