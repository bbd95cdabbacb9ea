/**
 * What is watched, as data: each rule names a figure, which side of a limit is bad, and the limits that count unless told
 * otherwise. `mq check` and alarms read the same rows. Pure.
 */

export type CheckSubject = 'cluster' | 'broker' | 'topic' | 'group' | 'message' | 'round-trip' | 'disk'
export type CheckStatus = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN'

export interface CheckRule {
  readonly subject: CheckSubject
  /** Unique within the subject. The first rule of a subject is the one that a bare limit is for. */
  readonly name: string
  /** For people: what the figure is. */
  readonly what: string
  /** `%`, `s`, `ms`, `B`, or nothing for a count. */
  readonly unit: '' | '%' | 's' | 'ms' | 'B'
  /** On which side of a limit the trouble is; the limit itself is still good. */
  readonly bad: 'above' | 'below'
  readonly warn?: number
  readonly crit?: number
}

export const checkRules: readonly CheckRule[] = [
  { subject: 'cluster', name: 'brokers', what: 'brokers that answer', unit: '', bad: 'below', crit: 1 },
  {
    subject: 'cluster',
    name: 'silent',
    what: 'registered brokers that do not answer',
    unit: '',
    bad: 'above',
    crit: 0
  },
  { subject: 'cluster', name: 'headless', what: 'brokers without a master', unit: '', bad: 'above', crit: 0 },
  { subject: 'cluster', name: 'disk', what: 'of the fullest disk in use', unit: '%', bad: 'above', warn: 75, crit: 90 },
  { subject: 'broker', name: 'disk', what: 'of its disk in use', unit: '%', bad: 'above', warn: 75, crit: 90 },
  {
    subject: 'broker',
    name: 'dispatch',
    what: 'stored and not yet to be read',
    unit: 'B',
    bad: 'above',
    warn: 16 * 1024 ** 2,
    crit: 256 * 1024 ** 2
  },
  { subject: 'broker', name: 'in', what: 'messages in a second', unit: '', bad: 'above' },
  { subject: 'broker', name: 'out', what: 'messages out a second', unit: '', bad: 'above' },
  { subject: 'topic', name: 'age', what: 'since its last message', unit: 's', bad: 'above' },
  { subject: 'topic', name: 'writable', what: 'queues that may be written', unit: '', bad: 'below', crit: 1 },
  { subject: 'topic', name: 'readable', what: 'queues that may be read', unit: '', bad: 'below', crit: 1 },
  { subject: 'topic', name: 'messages', what: 'messages that are there', unit: '', bad: 'above' },
  { subject: 'group', name: 'lag', what: 'messages not yet consumed', unit: '', bad: 'above' },
  { subject: 'group', name: 'members', what: 'members online', unit: '', bad: 'below', crit: 1 },
  { subject: 'group', name: 'behind', what: 'behind, in the queue that is furthest', unit: 's', bad: 'above' },
  { subject: 'group', name: 'dead', what: 'dead letters', unit: '', bad: 'above' },
  { subject: 'message', name: 'age', what: 'since the newest that fits', unit: 's', bad: 'above' },
  { subject: 'message', name: 'found', what: 'messages that fit', unit: '', bad: 'below', crit: 1 },
  {
    subject: 'round-trip',
    name: 'time',
    what: 'to send a message and read it back',
    unit: 'ms',
    bad: 'above',
    warn: 500,
    crit: 2000
  },
  { subject: 'round-trip', name: 'failed', what: 'brokers where it failed', unit: '', bad: 'above', crit: 0 },
  { subject: 'disk', name: 'used', what: 'of the disk in use', unit: '%', bad: 'above', warn: 75, crit: 90 }
]

/** The main one first. */
export const rulesOf = (subject: CheckSubject): readonly CheckRule[] =>
  checkRules.filter(rule => rule.subject === subject)

/** Limits that were given for a rule, by its name. */
export type CheckLimits = ReadonlyMap<string, { readonly warn?: number; readonly crit?: number }>

export interface CheckFinding {
  readonly name: string
  /** Of what, where there are several: a broker's name. */
  readonly of?: string
  readonly status: CheckStatus
  readonly what: string
  readonly unit: string
  readonly bad: 'above' | 'below'
  /** Absent = it could not be found out. */
  readonly value?: number
  readonly warn?: number
  readonly crit?: number
}

export interface CheckReport {
  readonly check: CheckSubject
  /** Of the topic, group or broker; absent where it is about all. */
  readonly name?: string
  readonly status: CheckStatus
  /** Nagios: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
  readonly code: number
  /** One sentence, where the check could not be made. */
  readonly reason?: string
  readonly findings: readonly CheckFinding[]
}

export const checkCodes: Readonly<Record<CheckStatus, number>> = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 }

const worstFirst: readonly CheckStatus[] = ['CRITICAL', 'WARNING', 'UNKNOWN', 'OK']

/** The worst of them; UNKNOWN is better than a trouble that is known. */
export const worst = (statuses: readonly CheckStatus[]): CheckStatus =>
  worstFirst.find(status => statuses.includes(status)) ?? 'OK'

/** What a figure means. */
export const judge = (rule: CheckRule, value: number | undefined, limits: CheckLimits, of?: string): CheckFinding => {
  const { name, what, unit, bad } = rule
  const { warn = rule.warn, crit = rule.crit } = limits.get(name) ?? {}
  const passes = (limit: number | undefined): boolean =>
    limit !== undefined && value !== undefined && (bad === 'above' ? value > limit : value < limit)
  const isWanted = warn !== undefined || crit !== undefined
  const known = passes(crit) ? 'CRITICAL' : passes(warn) ? 'WARNING' : 'OK'
  return {
    name,
    ...(of === undefined ? {} : { of }),
    status: value === undefined && isWanted ? 'UNKNOWN' : known,
    what,
    unit,
    bad,
    ...(value === undefined ? {} : { value }),
    ...(warn === undefined ? {} : { warn }),
    ...(crit === undefined ? {} : { crit })
  }
}

export const reportOf = (
  check: CheckSubject,
  name: string | undefined,
  findings: readonly CheckFinding[]
): CheckReport => {
  const status = findings.length === 0 ? 'UNKNOWN' : worst(findings.map(finding => finding.status))
  const reason = findings.length === 0 ? { reason: 'there is nothing of that kind to look at' } : {}
  return { check, ...(name === undefined ? {} : { name }), status, code: checkCodes[status], ...reason, findings }
}
