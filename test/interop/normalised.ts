/**
 * Everything that two servers may print differently after the same workload, each with its reason. What is not listed
 * here must be equal to the letter (blanks between columns aside).
 */

export interface Rule {
  /** The command whose output it concerns; left out: all facts and all commands. */
  readonly of?: RegExp
  readonly find: RegExp
  readonly put: string
  readonly why: string
}

export const rules: readonly Rule[] = [
  {
    find: /\b(?:[0-9A-F]{56}|[0-9A-F]{32})\b/g,
    put: '<id>',
    why: 'message ids hold the process, the time and the port; physical offsets are compared as numbers'
  },
  { find: /\b(127\.0\.0\.1):\d{4,5}\b/g, put: '$1:<port>', why: 'both sides take free ports' },
  {
    find: /\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(,\d{3})?/g,
    put: '<time>',
    why: 'the time of the run'
  },
  { find: /(TIME(?:STAMP)?"?[:=]\s?"?)\d{13}/gi, put: '$1<time>', why: 'the time of the run' },
  { find: /\b((?:born|store)Timestamp=)\d{13}/g, put: '$1<time>', why: 'the time of the run' },
  {
    of: /^clusterList/,
    find: /\d+\.\d\d\(\d+,\d+ms\)\s+\d+\.\d\d\(\d+,\d+ms\|\d+,\d+ms\)/g,
    put: '<rates>',
    why: 'sends and deliveries a second, and how long requests waited, depend on the moment'
  },
  {
    of: /^clusterList/,
    find: /\S+\(\S+w, \d+\.\d, \d+\.\d\)/g,
    put: '<timer>',
    why: 'the lag of the timer wheel depends on the moment'
  },
  {
    of: /^clusterList/,
    find: /\d+\s+[\d.]+\s+[\d.]+\s+(true|false)$/gm,
    put: '<wait> <hours> <disk> $1',
    why: 'page cache wait, hours since the first message and disk use depend on machine and moment'
  },
  {
    of: /^(topicStatus|consumerProgress)/,
    find: /(TPS: )[\d.E-]+/g,
    put: '$1<rate>',
    why: 'a rate over the last minute depends on the moment'
  }
]

/** Commands that list what Apache keeps in a hash table: their rows come in no order that means anything. */
export const unordered = /^(topicList|consumerProgress$|brokerStatus|getBrokerConfig)/

const applicable = (name: string): Rule[] => rules.filter(rule => rule.of === undefined || rule.of.test(name))

/** `text` with all that may differ taken out. `name` is the command, or the scenario, that printed it. */
export const normalise = (name: string, text: string): string =>
  applicable(name).reduce((now, rule) => now.replace(rule.find, rule.put), text)

/** Facts with all that may differ taken out, and with the keys of objects in order. */
export const normaliseFacts = (name: string, facts: unknown): unknown =>
  JSON.parse(normalise(name, JSON.stringify(facts)))

/** Printed lines with all that may differ taken out, runs of blanks as one, empty lines dropped. */
export const normaliseLines = (name: string, text: string): string[] => {
  const lines = normalise(name, text)
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(line => line !== '')
  if (!unordered.test(name)) return lines
  return [...lines.slice(0, 1), ...lines.slice(1).sort()]
}
