/** Alert codes [RP12 / B.7] and Status codes [RP12 10], each typed once, branded so that they cannot be confused. */
declare const brand: unique symbol;
export type AlertCode = number & { readonly [brand]: 'Alert' };
export type StatusCode = number & { readonly [brand]: 'Status' };

const alert = (code: number) => code as AlertCode;
const status = (code: number) => code as StatusCode;

export const Alert = {
  display: alert(100),
  twoWay: alert(200),
  slowSync: alert(201),
  oneWayFromClient: alert(202),
  refreshFromClient: alert(203),
  oneWayFromServer: alert(204),
  refreshFromServer: alert(205),
  twoWayByServer: alert(206),
  oneWayFromClientByServer: alert(207),
  refreshFromClientByServer: alert(208),
  oneWayFromServerByServer: alert(209),
  refreshFromServerByServer: alert(210),
  resultAlert: alert(221),
  nextMessage: alert(222),
  noEndOfData: alert(223),
  suspend: alert(224),
  resume: alert(225),
} as const;

export const Status = {
  inProgress: status(101),
  ok: status(200),
  itemAdded: status(201),
  accepted: status(202),
  conflictMerged: status(207),
  conflictClientWins: status(208),
  conflictDuplicated: status(209),
  deletedNotArchived: status(210),
  itemNotDeleted: status(211),
  authenticated: status(212),
  chunkAccepted: status(213),
  cancelled: status(214),
  notExecuted: status(215),
  atomicRollBack: status(216),
  badRequest: status(400),
  invalidCredentials: status(401),
  forbidden: status(403),
  notFound: status(404),
  commandNotAllowed: status(405),
  notSupported: status(406),
  missingCredentials: status(407),
  requestTimeout: status(408),
  conflict: status(409),
  gone: status(410),
  sizeRequired: status(411),
  incomplete: status(412),
  tooLarge: status(413),
  uriTooLong: status(414),
  unsupportedType: status(415),
  sizeTooBig: status(416),
  retryLater: status(417),
  alreadyExists: status(418),
  serverWins: status(419),
  deviceFull: status(420),
  unknownSearchGrammar: status(421),
  badCgi: status(422),
  softDeleteConflict: status(423),
  sizeMismatch: status(424),
  commandFailed: status(500),
  notImplemented: status(501),
  unavailable: status(503),
  dtdNotSupported: status(505),
  processingError: status(506),
  atomicFailed: status(507),
  refreshRequired: status(508),
  /** Reserved in 1.2. libsynthesis says with it that another sync takes place of a resume. */
  notResumed: status(509),
  dataStoreFailure: status(510),
  serverFailure: status(511),
  syncFailed: status(512),
  protocolNotSupported: status(513),
  cancelledBeforeProcessing: status(514),
  atomicResponseTooLarge: status(517),
} as const;

/** A number that a peer sent. */
export const alertCode = (n: number): AlertCode => alert(n);
export const statusCode = (n: number): StatusCode => status(n);

/** Is the code 2xx? */
export const isSuccess = (code: StatusCode): boolean => code >= 200 && code < 300;
