/** A Filter as it comes over the wire, up to what it asks for. */
import { expect, it } from 'vitest';
import { decode, encode } from '../../lib/codec/codec.ts';
import { printFilter } from '../../lib/filter/print.ts';
import { readFilter } from '../../lib/filter/request.ts';
import type { Message } from '../../lib/message/model.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';

const message = (query: string, property: string): string => `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr>
  <VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>
  <Target><LocURI>https://sync.example.com</LocURI></Target><Source><LocURI>dev</LocURI></Source></SyncHdr><SyncBody>
  <Alert><CmdID>1</CmdID><Data>200</Data><Item><Target><LocURI>./calendar</LocURI><Filter>
    <Meta><Type xmlns="syncml:metinf">text/calendar</Type></Meta>
    <Field><Item><Meta><Type xmlns="syncml:metinf">application/vnd.syncml-devinf+xml</Type></Meta>
      <Data>${property}</Data></Item></Field>
    <Record><Item><Meta><Type xmlns="syncml:metinf">syncml:filtertype-cgi</Type></Meta>
      <Data>${query}</Data></Item></Record>
    <FilterType>INCLUSIVE</FilterType></Filter></Target><Source><LocURI>./cal</LocURI></Source></Item></Alert>
  <Final/></SyncBody></SyncML>`;

const CDATA = (text: string) => `<![CDATA[${text}]]>`;
const ESCAPED = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const QUERY = 'SINCE&EQ;20261101T000000Z&AND;SUMMARY&iCON;lunch';
const PROPERTY = '<Property><PropName>LOCATION</PropName></Property>';

function asked({ commands: [alert] }: Message) {
  const target = alert?.name === 'Alert' ? alert.items[0]?.target : undefined;
  const request = readFilter(target?.filter ?? {});
  return request.kind === 'filter' && request.record !== undefined
    ? { ...request, record: printFilter(request.record) }
    : request;
}

const EXPECTED = {
  kind: 'filter',
  type: 'text/calendar',
  fields: ['LOCATION'],
  record: QUERY,
  inclusive: true,
};
const treeOf = (xml: string) => decode(new TextEncoder().encode(xml), 'xml').root;

it.each([
  ['CDATA', message(CDATA(QUERY), CDATA(PROPERTY))],
  ['escapes', message(ESCAPED(QUERY), ESCAPED(PROPERTY))],
  ['double escapes', message(ESCAPED(ESCAPED(QUERY)), CDATA(PROPERTY))],
])('is read from %s, on both wires', (_, xml) => {
  const root = treeOf(xml);
  expect(asked(parseMessage(root))).toEqual(EXPECTED);
  const { root: again } = decode(encode(root, 'wbxml', '1.2'), 'wbxml');
  expect(asked(parseMessage(again))).toEqual(EXPECTED);
});

it('is read from Property elements that are not escaped', () => {
  expect(asked(parseMessage(treeOf(message(ESCAPED(QUERY), PROPERTY))))).toEqual(EXPECTED);
});
