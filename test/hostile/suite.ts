/** What a hostile run must satisfy, whatever its size: `npm test` runs a part, the fault tests all 20,000. */
import { expect } from 'chai'
import { runSeed } from '../support/seeded.ts'
import { type HostileRun, runHostile } from './run-attack.ts'

const sum = (table: Iterable<[number, number]>): number => [...table].reduce((all, [, times]) => all + times, 0)

/**
 * `floorMs`: below this a difference of latencies is the machine's noise, for attackers, servers and client share two cores, and
 * in `npm test` the rest of the suite besides.
 */
export const hostileSuite = (count: number, floorMs: number): void => {
  describe(`${count} hostile cases`, function () {
    this.timeout(600_000)
    const seed = runSeed()
    let run: HostileRun
    before(async () => {
      run = await runHostile(seed, count, 2_000)
      const { attack, server, quiet, during } = run
      console.log(`    MQ_SEED=${seed}`)
      console.log(
        `    ${attack.cases} cases, ${attack.fromValid} from valid frames of ${run.registered} registered codes; ${attack.answered} answered, ${attack.closed} connections closed, ${attack.silent} met with silence`
      )
      console.log(
        `    ${sum(server.routed)} reached a route, ${sum(server.handled)} a handler, besides sends and pulls`
      )
      console.log(
        `    good client: p99 ${quiet.p99Ms.toFixed(1)} ms quiet, ${during.p99Ms.toFixed(1)} ms during (${during.operations} operations, worst ${during.maxMs.toFixed(1)} ms)`
      )
      console.log(
        `    server: loop delay p99 ${server.loopDelayP99Ms.toFixed(1)} ms, worst ${server.loopDelayMaxMs.toFixed(1)} ms, RSS ${server.rssMiB} MiB`
      )
    })

    it('end no process and leave no rejection unhandled', () => {
      expect(run.server.unhandled, `MQ_SEED=${seed}`).to.deep.equal([])
      expect(run.exitCode, 'a graceful stop afterwards').to.equal(0)
    })

    it('are answered with clear errors, or not at all', () => {
      if (run.attack.violations.length > 0) console.log(run.server.warnings.slice(-60).join('\n'))
      expect(run.attack.violations, `MQ_SEED=${seed}`).to.deep.equal([])
      expect(run.server.errors, 'faults of ours in the log').to.deep.equal([])
    })

    it('are mostly mutations of valid frames, and reach the handlers', () => {
      expect(run.attack.fromValid / run.attack.cases).to.be.at.least(0.6)
      const perCode = count >= 20_000 ? 100 : Math.floor((count * 0.8) / run.registered / 2)
      for (const [code, times] of run.attack.perCode) expect(times, `cases of code ${code}`).to.be.at.least(perCode)
      expect(sum(run.server.handled)).to.be.at.least(run.attack.fromValid / 5)
    })

    it('leave no trace outside the data directory and none on prototypes', () => {
      expect(run.outside).to.have.members(['deep', 'data'])
      expect(run.server.polluted).to.deep.equal([])
    })

    it('do not slow down a good client beyond twice its quiet p99', () => {
      expect(run.during.errors).to.deep.equal([])
      expect(run.during.operations).to.be.greaterThan(100)
      expect(run.during.p99Ms).to.be.at.most(2 * Math.max(run.quiet.p99Ms, floorMs))
    })
  })
}
