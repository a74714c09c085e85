import {
  accessCases,
  enrolmentCases,
  ownHoursCases,
  pruningCases,
  resetCases,
  voiceCases,
} from '#protocol/vectors/cases/access.ts'
import { assertionCases } from '#protocol/vectors/cases/assertions.ts'
import { cborCases } from '#protocol/vectors/cases/cbor.ts'
import { chainCases } from '#protocol/vectors/cases/chains.ts'
import { hashCases } from '#protocol/vectors/cases/hashes.ts'
import { messageCases, ownAnswerCases } from '#protocol/vectors/cases/messages.ts'
import { nameCases } from '#protocol/vectors/cases/names.ts'
import { linkCases, sealCases, statementCases } from '#protocol/vectors/cases/sealed.ts'
import { inviterTextCases, personTextCases, textCases } from '#protocol/vectors/cases/texts.ts'

interface GoldenFile {
  readonly section: string
  readonly about: string
  readonly cases: readonly object[]
}

/** Every golden file by name. */
export function generateCases(): Readonly<Record<string, GoldenFile>> {
  return {
    cbor: {
      section: 'RFC 8949 section 4.2.1; docs/protocol.md "Encoding"',
      about: 'Deterministic CBOR: what is refused, with which code, and what is accepted.',
      cases: cborCases(),
    },
    messages: {
      section: 'docs/protocol.md "Messages"',
      about: 'Every message kind with its meaning, and the ways in which it can be wrong.',
      cases: messageCases(),
    },
    hashes: {
      section: 'docs/protocol.md "Labels and hashes"',
      about: 'Labelled SHA-256 hashes.',
      cases: hashCases(),
    },
    ...textFiles(),
    'own-answers': {
      section: 'docs/protocol.md "Messages"',
      about: 'Answers of the lock that tell somebody of their own access.',
      cases: ownAnswerCases(),
    },
    'own-hours': {
      section: 'docs/protocol.md "Messages"',
      about: 'Answers of the lock that tell somebody at which hours and how often they may come.',
      cases: ownHoursCases(),
    },
    access: {
      section: 'docs/protocol.md "Messages"',
      about: 'Who may when: user types, rules, schedules, modes, and what is said about them.',
      cases: accessCases(),
    },
    ...laterFiles(),
    names: {
      section: 'Unicode Technical Report 36 section 2.10; docs/protocol.md "Encoding"',
      about: 'Policies whose door has a name: which characters hide or reverse, and what is blank.',
      cases: nameCases(),
    },
    assertions: {
      section: 'Web Authentication Level 3 section 7.2; docs/protocol.md "Proofs"',
      about: 'Passkey assertions over commands, good and bad.',
      cases: assertionCases(),
    },
    statements: {
      section: 'RFC 8032; docs/protocol.md "Statements"',
      about: 'What the lock signs.',
      cases: statementCases(),
    },
    links: {
      section: 'RFC 8032; docs/protocol.md "The link"',
      about: 'Both sides of the handshake between lock and hub.',
      cases: linkCases(),
    },
    seals: {
      section: 'RFC 9180 section 5.1.1; docs/protocol.md "Sealing"',
      about: 'Requests and replies sealed with HPKE, and what must not open.',
      cases: sealCases(),
    },
    chains: {
      section: 'docs/protocol.md "The journal"',
      about: 'Journals from their genesis, whole and broken.',
      cases: chainCases(),
    },
  }
}

function laterFiles(): Readonly<Record<string, GoldenFile>> {
  return {
    pruning: {
      section: 'docs/protocol.md "The journal"',
      about: 'Entries that tell which others the lock has removed.',
      cases: pruningCases(),
    },
    enrolment: {
      section: 'docs/protocol.md "Messages"',
      about: 'How the reader at the door learns a finger or a face.',
      cases: enrolmentCases(),
    },
    voice: {
      section: 'docs/protocol.md "Proofs"',
      about: 'How an assistant opens: with a PIN that it was told.',
      cases: voiceCases(),
    },
    'factory-reset': {
      section: 'docs/protocol.md "Messages"',
      about: 'How a lock is set back, and how that is stopped.',
      cases: resetCases(),
    },
  }
}

function textFiles(): Readonly<Record<string, GoldenFile>> {
  return {
    texts: {
      section: 'docs/protocol.md "Texts that people carry"',
      about: 'The claim text behind the QR code, and the text that connects a lock to a hub.',
      cases: textCases(),
    },
    'person-texts': {
      section: 'docs/protocol.md "Texts that people carry"',
      about: 'The text of an invitation link, and the text of a device key.',
      cases: personTextCases(),
    },
    'inviter-texts': {
      section: 'docs/protocol.md "Texts that people carry"',
      about: 'The text of an invitation link that says who sends it.',
      cases: inviterTextCases(),
    },
  }
}
