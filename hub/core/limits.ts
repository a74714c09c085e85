const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute

/** Every bound of the hub that is not one of the messages, each with its reason. */
export const hubLimits = {
  /** The link is printed on a console that others may see later. */
  setupTokenLifeMs: 15 * minute,
  /** Long enough to fetch a security key from another room. */
  nonceLifeMs: 5 * minute,
  /** OWASP ASVS 5.0 section 7.3.1 and 7.3.2: both ends of a session are documented. */
  sessionIdleMs: 30 * day,
  sessionLifeMs: 90 * day,
  /** Writing "last seen" more often would make every read of the API a write. */
  sessionTouchMs: 5 * minute,
  /** To make a passkey and accept; whoever needs longer is let in again by the same link. */
  ticketSessionLifeMs: 10 * minute,
  /** A person has a handful of devices; a list that can be looked through ends at fifty. */
  sessionsPerAccountMax: 50,
  /** A lock answers within a second; a bolt that jams takes the longest, under ten. */
  relayTimeoutMs: 20 * second,
  /** A household has a few phones, each with one question at a time. */
  relayPendingPerLockMax: 32,
  /** One account must not fill a lock's queue alone. */
  relayPendingPerAccountMax: 8,
  /** A lock on a slow line answers the hello at once; who does not is no lock. */
  handshakeTimeoutMs: 10 * second,
  /** Connections that have not proved anything yet, over all addresses. */
  handshakesMax: 256,
  /** A dead line is found out after two of these. Home routers forget idle connections after 60 s. */
  linkPingMs: 25 * second,
  /** Entries that wait for a head that covers them: 16 uploads of the largest size. */
  uncoveredEntriesMax: 8_192,
  /** Beyond this a hub is shared infrastructure and wants another store. */
  locksMax: 10_000,
  /** Browser tabs and phones of one person that follow live. */
  streamsPerAccountMax: 10,
  /**
   * Keys that are tried for one passkey id. Authenticators draw ids at random, so more than one is
   * somebody's doing; a signature check takes a tenth of a millisecond.
   */
  signInKeys: { ofAccounts: 16, ofOneLock: 4, ofLocks: 1_000 },
} as const
