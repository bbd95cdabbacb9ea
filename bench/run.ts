/**
 * `npm run bench`: mq and Apache's broker, each alone and pinned to the same core, under the same generator on the other
 * core, in alternating pairs. Exits with 1 when a gate is missed. `--quick`: one short pair, figures but no gates on speed.
 * `--only mq`: no comparison, for work on mq itself. `--no-build`: measures what dist/ holds.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseNanoseconds, referenceNanoseconds } from './calibrate.ts'
import { buildGenerator, faultsOf, type LoadCase, runLoad } from './load.ts'
import { gatesOf, type Measured, median, reportOf, summarize } from './report.ts'
import { type Server, type ServerName, withServer } from './servers.ts'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    pairs: { type: 'string' },
    seconds: { type: 'string' },
    header: { type: 'string', default: 'json' },
    only: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench/results.md' }
  }
})

const brokerCpu = '0'
const generatorCpu = '1'
const connections = 64
const cases: readonly LoadCase[] = [1, 16].flatMap(inFlight => [128, 1024].map(body => ({ inFlight, body })))
const pairs = Number(flags.pairs ?? (flags.quick ? 1 : 3))
const seconds = Number(flags.seconds ?? (flags.quick ? 3 : 8))
/** Before anything is counted, so that Java's compiler has seen every case: seconds a case. */
const warmSeconds = flags.quick ? 2.5 : 6
const header = flags.header === 'binary' ? 'binary' : 'json'
const names: readonly ServerName[] =
  flags.only === undefined ? ['mq', 'Apache'] : [flags.only === 'Apache' ? 'Apache' : 'mq']

const home = mkdtempSync(join(tmpdir(), 'mq-bench-'))
const all: Measured[] = []
const memory = new Map<ServerName, number[]>()

const speeds: number[] = []

const turn = async (server: Server, program: string, pair: number): Promise<void> => {
  let cpuSeconds = 0
  const load = (one: LoadCase, topic: string, warm: boolean) => {
    const before = server.cpuSeconds()
    const settings = {
      ...one,
      port: server.port,
      topic,
      connections,
      header,
      warmSeconds: warm ? 0 : 1,
      seconds: warm ? warmSeconds : seconds,
      readBack: !warm
    } as const
    return runLoad(program, generatorCpu, settings, () => {
      cpuSeconds = server.cpuSeconds() - before
    })
  }
  speeds.push(parseNanoseconds())
  for (const one of cases) await load(one, `warm-${one.inFlight}-${one.body}`, true)
  for (const one of cases) {
    const result = await load(one, `bench-${one.inFlight}-${one.body}`, false)
    const cpuMicros = (cpuSeconds / result.acked) * 1e6
    all.push({ ...one, server: server.name, pair, cpuMicros, result })
    const faults = faultsOf(result)
    console.log(
      `pair ${pair + 1} ${server.name.padEnd(6)} ${one.inFlight} in flight ${one.body} B: ${Math.round(result.perSecond)} sends/s, p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms, ${cpuMicros.toFixed(1)} us of CPU a message, ${result.readBack.read} read back${faults.length === 0 ? '' : `; ${faults.join(', ')}`}`
    )
  }
  memory.set(server.name, [...(memory.get(server.name) ?? []), server.memoryMiB()])
}

const output = (command: string, ...words: string[]): string =>
  execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

const head = () => ({
  command: `npm run bench${process.argv.slice(2).length > 0 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`,
  commit: `${output('git', 'rev-parse', '--short', 'HEAD')}${output('git', 'status', '--porcelain', '--', 'src', 'commands', 'bin') === '' ? '' : ' with local changes'}`,
  machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
  versions: `Node ${process.version}, Apache RocketMQ 5.5.0 on the JDK in PATH`,
  how: `${pairs} pairs, ${connections} connections, ${header} headers, ${seconds} s a case after ${cases.length * warmSeconds} s of warm-up and 1 s of its own; broker on core ${brokerCpu}, generator on core ${generatorCpu}; every message read back and compared`,
  speed: `JSON.parse of a send's header took ${Math.min(...speeds)} to ${Math.max(...speeds)} ns of CPU time between the turns (${referenceNanoseconds} ns where the ceilings come from)`,
  memory: [...memory].map(([name, values]) => `${name} ${median(values)} MiB`).join(', ')
})

try {
  if (!flags['no-build']) execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
  const program = buildGenerator(home)
  for (let pair = 0; pair < pairs; pair++) {
    for (const name of names) {
      await withServer(name, home, brokerCpu, server => turn(server, program, pair))
    }
  }
  const summaries = summarize(all, cases)
  const gates = names.length === 2 ? gatesOf(summaries, all) : []
  const report = reportOf(head(), summaries, gates)
  console.log(`\n${report}`)
  if (names.length === 2 && !flags.quick) writeFileSync(flags.out, report)
  const faults = all.filter(one => one.server === 'mq').flatMap(one => faultsOf(one.result))
  process.exitCode = flags.quick ? Number(faults.length > 0) : Number(gates.some(gate => !gate.passed))
} finally {
  rmSync(home, { recursive: true, force: true })
}
