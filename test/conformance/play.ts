/**
 * Plays transcripts on one server, group after group: a group begins with what the former left.
 *
 * Steps:
 *   fresh server                                    nothing stored, nothing mapped
 *   session auth=basic|md5|none password= max-msg= max-obj=
 *   client [auth=md5]                               a message, with credentials if it is the first or says so
 *   server                                          its answer
 *   laptop adds|deletes "text", laptop replaces "old" "new", laptop syncs      another device of the user
 *   crm saves n-1 "text", crm deletes n-1           the CRM's record
 *   server holds "text" "text"                      all notes stored, in any order
 *   joined $one $two = "text"                       chunks that replies bound, put together
 */
import { bodiesOf } from '../engine/steps.ts';
import { Device } from '../kit/device.ts';
import { startServer, type TestServer, USER } from '../kit/server.ts';
import { type Exchange, Session, type SessionOptions } from '../kit/session.ts';
import { draftsOf } from './client-commands.ts';
import { compare } from './compare.ts';
import { linesOf } from './reply-lines.ts';
import { type Line, splitWords, type Transcript } from './transcript.ts';
import { faultsOf, noteSent, unanswered, type Waiting } from './well-formed.ts';

export type Failures = ReadonlyMap<string, readonly string[]>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const textOf = (word = ''): string => JSON.parse(word);

/** What lasts from group to group. */
export class World {
  private server: TestServer | undefined;
  private laptop: Device | undefined;
  private session: Session | undefined;
  private options: Mutable<SessionOptions> = {};
  private last: Exchange | undefined;
  private sessions = 0;
  private readonly waiting: Waiting = new Map();
  private readonly variables = new Map<string, string>();
  private transcript: Transcript | undefined;
  private failures = new Map<string, string[]>();

  /** What each id of the group found wrong. A step that cannot be taken fails them all and ends the group. */
  async play(transcript: Transcript): Promise<Failures> {
    this.transcript = transcript;
    this.failures = new Map([...transcript.ids.keys()].map((id) => [id, []]));
    for (const step of transcript.steps) {
      try {
        await this.take(step);
      } catch (error) {
        this.complain(undefined, `${step.at}: ${error instanceof Error ? error.message : error}`);
        break;
      }
    }
    this.endSession();
    return this.failures;
  }

  private readonly complain = (id: string | undefined, text: string): void => {
    for (const [own, texts] of this.failures)
      if (id === undefined || id === own) texts.push(`${this.transcript?.name}:${text}`);
  };

  private async take(step: Line): Promise<void> {
    const [who, what, ...rest] = step.words;
    if (who === 'fresh') return this.begin();
    if (who === 'session') return this.open(step);
    if (who === 'client') return this.send(step);
    if (who === 'joined') return this.join(step);
    if (who === 'laptop') return this.edit(what, rest);
    if (who === 'crm') return this.crm(what, rest);
    if (who === 'server') return what === 'holds' ? this.holds(step) : this.answered(step);
    throw new Error(`nobody takes this step: ${step.words.join(' ')}`);
  }

  private async begin(): Promise<void> {
    this.endSession();
    this.server = await startServer();
    const notes = { device: 'laptop', datastore: 'notes', type: 'text/plain' };
    this.laptop = new Device(this.server, notes);
    this.variables.clear();
  }

  private get running(): { server: TestServer; laptop: Device } {
    if (this.server === undefined || this.laptop === undefined) throw new Error('there is no server yet');
    return { server: this.server, laptop: this.laptop };
  }

  private open({ words }: Line): void {
    this.endSession();
    const { keys } = splitWords(words);
    const size = (name: string) => (keys.has(name) ? Number(keys.get(name)) : undefined);
    const [password, maxMsgSize, maxObjSize] = [keys.get('password'), size('max-msg'), size('max-obj')];
    this.sessions += 1;
    const { nonce } = this.options;
    this.options = {
      device: 'tester',
      version: '1.1',
      sessionId: String(this.sessions),
      auth: schemeOf(keys.get('auth') ?? 'basic'),
      ...(nonce !== undefined && { nonce }),
      ...(password !== undefined && { password }),
      ...(maxMsgSize !== undefined && { maxMsgSize }),
      ...(maxObjSize !== undefined && { maxObjSize }),
    };
    // Our anchors are times in seconds: each session's is another.
    this.running.server.time += 60_000;
    this.session = new Session(this.running.server, this.options);
  }

  private endSession(): void {
    for (const text of unanswered(this.waiting)) this.complain(undefined, `end of session: ${text}`);
    this.waiting.clear();
    this.session = undefined;
  }

  private async send(step: Line): Promise<void> {
    const { session } = this;
    if (session === undefined) throw new Error('there is no session');
    const auth = splitWords(step.words).keys.get('auth');
    if (auth !== undefined) this.options.auth = schemeOf(auth);
    const final = step.children.at(-1)?.words[0] === 'Final';
    const drafts = draftsOf(step.children, session, this.variables);
    this.last = await session.send(drafts, { final, ...(auth !== undefined && { cred: true }) });
    noteSent(session, this.waiting);
    if (this.last.http.status !== 200) throw new Error(`HTTP ${this.last.http.status}`);
    for (const fault of faultsOf(session, this.last, this.waiting))
      this.complain(undefined, `${step.at}: ${fault}`);
    const [header] = this.last.reply.commands;
    const nonce = header?.name === 'Status' ? header.chal?.nextNonce : undefined;
    if (nonce !== undefined) this.options.nonce = nonce;
  }

  private answered(step: Line): void {
    if (this.last === undefined) throw new Error('there is no answer');
    compare(step.children, linesOf(this.last.reply), this.variables, this.complain);
    this.last = undefined;
  }

  private async edit(what: string | undefined, words: readonly string[]): Promise<void> {
    const { laptop } = this.running;
    const [first, second] = words;
    if (what === 'adds') laptop.add(textOf(first));
    else if (what === 'replaces') laptop.replace(laptop.find(textOf(first)), textOf(second));
    else if (what === 'deletes') laptop.delete(laptop.find(textOf(first)));
    else await laptop.sync();
  }

  private async crm(what: string | undefined, [record = '', text]: readonly string[]): Promise<void> {
    const change = { user: USER, datastore: 'notes', record };
    const result = await this.running.server.crm(
      what === 'saves'
        ? { ...change, op: 'upsert', type: 'text/plain', body: textOf(text) }
        : { ...change, op: 'delete' },
    );
    if (result !== 'applied') throw new Error(`the CRM's change was ${result}`);
  }

  private async holds({ words, id, at }: Line): Promise<void> {
    const [wanted, held] = [words.slice(2).map(textOf).sort(), await bodiesOf(this.running.server, 'notes')];
    if (JSON.stringify(wanted) !== JSON.stringify(held))
      this.complain(id, `${at}: the server holds ${held.map((body) => JSON.stringify(body.slice(0, 60)))}`);
  }

  private join({ words, id, at }: Line): void {
    const [equals, wanted] = [words.indexOf('='), words.at(-1)];
    const parts = words.slice(1, equals).map((name) => textOf(this.variables.get(name) ?? '""'));
    if (parts.join('') !== textOf(wanted)) this.complain(id, `${at}: the chunks are not the whole text`);
  }
}

function schemeOf(auth: string): 'basic' | 'md5' | 'none' {
  if (auth !== 'basic' && auth !== 'md5' && auth !== 'none') throw new Error(`no such scheme: ${auth}`);
  return auth;
}
