/**
 * How fast this machine is at this moment: CPU time of one JSON.parse of a send's header. Shared machines swing by a factor
 * of three; figures of two days compare only after they are divided by this.
 */
const header = JSON.stringify({
  code: 310,
  extFields: {
    a: 'please_rename_unique_group_name',
    b: 'TopicTest',
    c: 'TBW102',
    d: '4',
    e: '0',
    f: '0',
    g: '1700000000000',
    h: '0',
    i: 'UNIQ_KEY\u0001AC110001000018B4AAC27D2C5F480001\u0002CLUSTER\u0001DefaultCluster\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002',
    j: '0',
    k: 'false',
    m: 'false',
    n: 'broker-a'
  },
  flag: 0,
  language: 'JAVA',
  opaque: 1_000_000_000,
  serializeTypeCurrentRPC: 'JSON',
  version: 453
})

/** What it took when the ceilings of docs/benchmarks.md were measured. */
export const referenceNanoseconds = 1_240

export const parseNanoseconds = (): number => {
  const bytes = Buffer.from(header, 'latin1')
  const times = 100_000
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 4; round++) {
    const before = process.cpuUsage()
    for (let n = 0; n < times; n++) JSON.parse(bytes.toString('latin1'))
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, ((user + system) * 1_000) / times)
  }
  return Math.round(best)
}
