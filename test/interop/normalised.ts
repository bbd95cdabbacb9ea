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

/** brokerStatus is one key a line; these keys have values of the moment or of the machine. */
const statusRule = (keys: string, why: string): Rule => ({
  of: /^brokerStatus/,
  find: new RegExp(`^((?:\\S+:\\d+\\s+)?(?:${keys})\\s*):.*$`, 'gm'),
  put: '$1: <value>',
  why
})

/** getBrokerConfig and getNamesrvConfig are one key a line; these keys differ by where a server runs. */
const configRule = (keys: string, why: string): Rule => ({
  of: /^get(?:Broker|Namesrv)Config/,
  find: new RegExp(`^((?:${keys})\\s*)=.*$`, 'gm'),
  put: '$1= <value>',
  why
})

export const rules: readonly Rule[] = [
  {
    find: /\b(?:[0-9A-F]{56}|[0-9A-F]{32})\b/g,
    put: '<id>',
    why: 'message ids hold the process, the time and the port; physical offsets are compared as numbers'
  },
  { find: /\b(127\.0\.0\.1):\d{4,5}\b/g, put: '$1:0', why: 'both sides take free ports' },
  {
    find: /\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(,\d{3})?/g,
    put: '<time>',
    why: 'the time of the run'
  },
  { find: /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, put: '<time>', why: 'the time of the run' },
  { find: /(Ms":)\d{13}/g, put: '$1"<time>"', why: 'the time of the run' },
  {
    of: /^mq cluster list/,
    find: /("diskUsedPercent":)[\d.]+/g,
    put: '$1"<rate>"',
    why: 'disk use depends on the machine'
  },
  {
    of: /^mq cluster list/,
    find: /("(?:inTps|outTps)":)[\d.]+/g,
    put: '$1"<rate>"',
    why: 'rates depend on the moment'
  },
  {
    of: /^mq broker config set/,
    find: /("before":)"\d+"/g,
    put: '$1"<before>"',
    why: 'what mqadmin set earlier outlives a restart on mq, and not on Apache'
  },
  {
    of: /^mq /,
    find: /("physicalOffset":)\d+/g,
    put: '$1"<offset>"',
    why: 'other clients have sent side by side before, in no fixed order'
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
    of: /^consumerProgress$/,
    find: /(CLUSTERING|BROADCASTING|OFFLINE)(\s+)\d+/g,
    put: '$1$2<rate>',
    why: 'a rate over the last minute depends on the moment'
  },
  {
    of: /^(topicStatus|consumerProgress)/,
    find: /(TPS: )[\d.E-]+/g,
    put: '$1<rate>',
    why: 'a rate over the last minute depends on the moment'
  },
  {
    of: /^statsAll/,
    find: /(\s\d+)\s+\d+\.\d\d(\s+\d+\.\d\d)?(\s+\d+\s+\S+)$/gm,
    put: '$1 <rates>$3',
    why: 'rates over the last minute depend on the moment'
  },
  { of: /^consumerStatus/, find: /\b\d{13}\//g, put: '<time>/', why: 'the name of the file is the time of the run' },
  { of: /^sendMsgStatus/, find: /\brt=\d+ms/g, put: 'rt=<time>', why: 'durations depend on the moment' },
  { of: /^checkMsgSendRT/, find: /\d+$|[\d.]+$/gm, put: '<time>', why: 'durations depend on the moment' },
  {
    of: /^clusterRT/,
    find: /(broker-a +)[\d.]+( +2 +0) *(?:\n.*)*/,
    put: '$1<time>$2',
    why: 'durations depend on the moment, and how many rounds there were before it was interrupted'
  },
  { of: /^export/, find: /\S+\/mqadmin\/out\//g, put: '<directory>/', why: 'every run has its own directory' },
  {
    of: /^exportMetrics/,
    find: /("?(?:\w*Tps|commitLogDiskRatio|consumeQueueDiskRatio|messageAverageSize)"?:\s*)"?[\d.]+"?/g,
    put: '$1<value>',
    why: 'rates, the disk of the machine, and the average over probes of different lengths'
  },
  {
    of: /^exportMetrics/,
    find: /"?cpuNum"?:"\d+"/g,
    put: '',
    why: 'under this name Apache tells how many threads one of its pools has'
  },
  { of: /^queryMsgByKey/, find: /\b\d{13}@/g, put: '<hour>@', why: 'the hour of the run' },
  statusRule('bootTimestamp|earliestMessageTimeStamp|runtime', 'the time of the run'),
  statusRule('(?:get|put)\\w*Tps', 'rates depend on the moment'),
  statusRule(
    '(?:get|put)MessageEntireTimeMax|putLatency\\d+|putMessageDistributeTime',
    'durations depend on the moment'
  ),
  statusRule('commitLogDirCapacity|\\w+DiskRatio', 'the disk of the machine'),
  statusRule('\\w+ThreadPoolQueueCapacity', 'mq has no pools of threads with queues before them'),
  statusRule(
    'timerReadBehind',
    'how many seconds the timer is behind is looked at by chance just before or after its tick'
  ),
  statusRule('remainHowManyDataToFlush', 'flushing goes on beside the sends'),
  {
    of: /^brokerStatus/,
    find: /commitLogDiskRatio_.*$/gm,
    put: 'commitLogDiskRatio_<directory>',
    why: 'every run has its own directory'
  },
  configRule(
    '\\w*(?:[pP]ort|IP\\d|Addr|Path\\w*|Home|ThreadPoolNums|ThreadNums)',
    'ports, addresses and directories of the run'
  ),
  configRule('bindAddress', 'mq listens on loopback only, unless it is told otherwise')
]

/** Commands of which only the rows that both servers print are compared, and how many there must be at least. */
export const partial: readonly { readonly of: RegExp; readonly rows: number; readonly why: string }[] = [
  { of: /^getBrokerConfig/, rows: 40, why: 'each broker has settings of its own' },
  { of: /^getNamesrvConfig/, rows: 5, why: 'each NameServer has settings of its own' },
  { of: /^exportConfigs/, rows: 20, why: 'Apache has settings for parts that mq does not have' }
]

/** Commands that list what Apache keeps in a hash table: their rows come in no order that means anything. */
export const unordered =
  /^(topicList|consumerProgress$|brokerConsumeStats|consumerConnection|brokerStatus|get(Broker|Namesrv)Config|export|statsAll|printMsg|producer$)/

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
  const titles = lines.filter(line => line.startsWith('#'))
  return [...titles, ...lines.filter(line => !line.startsWith('#')).sort()]
}

/** Of a complaint: what failed, and the codes with which a server refused. Its sentences are the server's own. */
export const normaliseComplaint = (name: string, text: string): string[] => [
  ...normalise(name, text).split('\n', 1),
  ...(text.match(/CODE: \d+/g) ?? [])
]
