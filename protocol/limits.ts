/**
 * Every bound of Mortise's messages, in one place, each with its reason. A decoder refuses what is
 * above a bound before it allocates anything for it.
 */
export const limits = {
  /** A policy with 10,000 users and their codes is about 1.6 MB; four times that is the ceiling of every message. */
  messageBytesMax: 4 * 1024 * 1024,
  /**
   * A policy travels back inside the lock's signed report, beside up to `invitationsMax` bindings of
   * at most 1.8 kB each. A larger one could be put in force and never be reported.
   */
  policyBytesMax: 4 * 1024 * 1024 - 256 * 1024,
  /** The deepest real message (policy > users > user > credentials > credential) nests seven levels. */
  nestingDepthMax: 10,
  /**
   * CBOR items in one message, map keys not counted. The largest policy that fits the bytes (10,000
   * users with ten codes each) has about 590,000; four million empty maps would fit them too, and
   * cost a gigabyte of memory.
   */
  itemsMax: 600_000,
  /** Small machines and people's patience: a building has fewer doors' worth of people than this. */
  usersMax: 10_000,
  /** A person has a few phones, a code and a recovery key; ten leaves room. */
  credentialsPerUserMax: 10,
  /** Schedules of one kind per person: a week with a different pair of hours each day, with room. */
  schedulesPerUserMax: 16,
  /** Two years of public and school holidays. */
  holidaySchedulesMax: 64,
  /** A day: nobody holds a door open for longer by one tap. Matter allows a uint16 of seconds. */
  unlockSecondsMax: 86_400,
  /** A day: nobody waits longer for a door to lock itself. Matter allows any uint32. */
  autoRelockSecondsMax: 86_400,
  /** A day as well: a door that may stand open for longer is ajar for nobody. */
  doorAjarSecondsMax: 86_400,
  /** Matter 1.4.2 Application Clusters section 5.2.9.25 and 5.2.9.26: both 1 to 255. */
  wrongCodeEntryLimitMax: 255,
  userCodeTemporaryDisableSecondsMax: 255,
  /** A latch is pulled for as long as somebody pushes the door, and never for a whole night. */
  unlatchSecondsMax: 60,
  /** A year: who stays longer is no guest. */
  stayHoursMax: 8784,
  /** Two days: Matter 1.4.2 Application Clusters section 5.2.9, ExpiringUserTimeout. */
  expiringUserMinutesMax: 2880,
  /** More uses than a door has in its life mean no limit. */
  useLimitMax: 1_000_000,
  /** Invitations that are open at one time; each is a way in, so there are few. */
  invitationsMax: 64,
  /** Names are shown on a phone 360 px wide. UTF-8 bytes, so 64 characters of any script fit. */
  nameBytesMax: 256,
  nameCharactersMax: 64,
  /** IANA names are at most 32 characters today (America/Argentina/ComodRivadavia). */
  timeZoneBytesMax: 64,
  /** The hub's own origin, a separate static origin, and one during a move of each. */
  relyingPartiesMax: 4,
  originsPerRelyingPartyMax: 4,
  /** RFC 1035 section 2.3.4: a domain name has at most 255 octets. */
  relyingPartyIdBytesMax: 255,
  originBytesMax: 300,
  /** WebAuthn Level 3 section 4: a credential id has at most 1023 bytes. */
  passkeyIdBytesMax: 1023,
  /** Authenticator data without extensions is 37 bytes; extensions may follow. */
  authenticatorDataBytesMax: 1024,
  /** Type, challenge, origin and whatever browsers add to keep parsers honest. */
  clientDataBytesMax: 4096,
  /** A DER signature on P-256 has at most 72 bytes. */
  es256SignatureBytesMax: 72,
  /** Six digits resist a keypad with a growing lockout for decades; ten is what people can remember. */
  pinDigitsMin: 6,
  pinDigitsMax: 10,
  /** Keys that may be pressed before an entry ends, decoys included. More is somebody leaning on the pad. */
  keypadEntryKeysMax: 64,
  /** Entries in one upload: keeps an upload below a megabyte and one signature per upload cheap. */
  entriesPerUploadMax: 512,
  /** One journal entry; names are the largest part. */
  entryBytesMax: 2048,
  /**
   * Entries that a lock keeps after handing them over: some years of a busy household, so that a new
   * or restored hub gets its history from the lock. About 20 MB.
   */
  journalEntriesKept: 100_000,
  /**
   * Entries that a lock keeps while no hub takes them; then the oldest go unheard. About 40 MB,
   * which is nothing to the smallest memory card that is sold.
   */
  journalEntriesMax: 200_000,
  /** What a lock without room still keeps: the last days, which is what people look for. */
  journalEntriesKeptShort: 1_000,
  /** What stays whatever happens: more than one turn can write, so that no open intent ever goes. */
  journalEntriesKeptMin: 64,
  /**
   * Entries that go in one write: removing them takes some milliseconds, and nobody at the door shall
   * wait for more. Also the least that is worth a mark, so that the marks do not fill the journal.
   */
  journalPrunedAtOnceMax: 1_000,
  /** The same for a lock without room, where the removal itself must fit into what is left. */
  journalPrunedWhenFullMax: 128,
  /** What a mark must replace at least, so that marks do not make room for marks. */
  journalPrunedWhenFullMin: 16,
  /**
   * How long a lock takes a challenge, and tells a copy of the command that used it: a person reads,
   * decides and touches a sensor in less, and a relayed message that is later is stale.
   */
  challengeLifeMs: 30_000,
  /** Alarms that can stand at the same time: one of each, and a few to come. */
  alarmsMax: 24,
  /** Modules take a finger three to six times, and a face from as many sides. */
  capturesMax: 32,
  /** Padding step of sealed messages, so that their size does not tell a code's length. */
  sealPaddingBytes: 256,
  /** Version and build of the lock's software, as shown to people. */
  softwareVersionBytesMax: 64,
} as const
