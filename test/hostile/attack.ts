/** Runs hostile cases against a NameServer and a broker, over several connections at once, and judges every answer. */
import { setTimeout as pause } from 'node:timers/promises'
import { type RawAnswer, RawClient } from '../support/raw-client.ts'
import type { HostileCase } from './cases.ts'
import type { Server } from './requests.ts'

export type Ports = Readonly<Record<Server, number>>

export interface AttackReport {
  readonly cases: number
  readonly answered: number
  readonly closed: number
  readonly silent: number
  /** Cases that started from a valid frame. */
  readonly fromValid: number
  /** code of the answer → how often. */
  readonly answers: Map<number, number>
  /** Mutated cases of each request code. */
  readonly perCode: Map<number, number>
  readonly violations: string[]
}

const answerMs = 5_000
/** Requests that the broker passes on to a client, which here never answers: their answer is that of a time-out. */
const relayed = new Set([221, 223, 307, 309])
const relayedMs = 20_000
/** How long a case that may be met with silence is watched. */
const watchMs = 30
/** Words that only a fault of ours puts into a remark. */
const leaks =
  /TypeError|RangeError|ReferenceError|Cannot read prop|is not a function|undefined is not|Invalid array length|^system error|\bat .*\.ts:|node:/

/** Codes whose remark Apache leaves empty or fills with a status, so that nothing more is owed. */
const quietCodes = new Set([0, 19, 20, 21, 22])

const faultOf = (attack: HostileCase, answer: RawAnswer): string | undefined => {
  if ((answer.flag & 1) === 0) return undefined
  if (!Number.isInteger(answer.code)) return `the code of the answer is ${answer.code}`
  if (leaks.test(answer.remark)) return `an error of ours came out: ${answer.remark.slice(0, 300)}`
  if (!quietCodes.has(answer.code) && answer.remark === '') return `code ${answer.code} says nothing`
  if (attack.expects === 'answer' && answer.opaque !== attack.opaque) return 'the answer is to another request'
  return undefined
}

class Lane {
  readonly #ports: Ports
  readonly #report: AttackReport & {
    answered: number
    closed: number
    silent: number
    cases: number
    fromValid: number
  }
  readonly #clients = new Map<Server, RawClient>()

  constructor(ports: Ports, report: AttackReport) {
    this.#ports = ports
    this.#report = report
  }

  async run(attack: HostileCase): Promise<void> {
    const { server, expects, opaque } = attack
    this.#report.cases++
    if (attack.code !== undefined) {
      this.#report.fromValid++
      this.#report.perCode.set(attack.code, (this.#report.perCode.get(attack.code) ?? 0) + 1)
    }
    let client: RawClient
    try {
      client = await this.#client(server)
    } catch (error) {
      this.#wrong(attack, `the ${server} takes no connection any more: ${String(error)}`)
      return
    }
    let answer: RawAnswer | undefined
    if (expects === 'answer') {
      const waiting = client.answerTo(opaque, relayed.has(attack.code ?? 0) ? relayedMs : answerMs)
      client.write(Buffer.concat(attack.writes))
      try {
        answer = await waiting
      } catch (error) {
        this.#wrong(attack, `no answer: ${String(error)}`)
        // Closing takes a moment in which the connection still looks open.
        client.destroy()
        this.#clients.delete(server)
      }
    } else answer = await this.#watch(client, attack)
    if (client.fault !== undefined) this.#wrong(attack, `the answer is no frame: ${client.fault}`)
    if (answer !== undefined) this.#judge(attack, answer)
    else if (client.isClosed) this.#report.closed++
    else this.#report.silent++
    // Whatever was left half-written must not mix with the next case.
    if (expects === 'any') client.destroy()
    if (client.isClosed || expects === 'any') this.#clients.delete(server)
  }

  end(): void {
    for (const client of this.#clients.values()) client.destroy()
  }

  async #watch(client: RawClient, attack: HostileCase): Promise<RawAnswer | undefined> {
    let answer: RawAnswer | undefined
    const answered = new Promise<void>(resolve => {
      client.onFrame = frame => {
        answer = frame
        resolve()
      }
    })
    for (const piece of attack.writes) client.write(piece)
    await Promise.race([answered, client.closed, pause(watchMs)])
    return answer
  }

  #judge(attack: HostileCase, answer: RawAnswer): void {
    this.#report.answered++
    this.#report.answers.set(answer.code, (this.#report.answers.get(answer.code) ?? 0) + 1)
    const fault = faultOf(attack, answer)
    if (fault !== undefined) this.#wrong(attack, fault)
  }

  #wrong(attack: HostileCase, what: string): void {
    this.#report.violations.push(`${attack.server} ${attack.name} (${attack.code ?? 'raw'}), ${attack.what}: ${what}`)
  }

  async #client(server: Server): Promise<RawClient> {
    const open = this.#clients.get(server)
    if (open !== undefined && !open.isClosed) return open
    const client = await RawClient.connect(this.#ports[server])
    this.#clients.set(server, client)
    return client
  }
}

export const attackWith = async (cases: readonly HostileCase[], ports: Ports, lanes = 4): Promise<AttackReport> => {
  const report = {
    cases: 0,
    answered: 0,
    closed: 0,
    silent: 0,
    fromValid: 0,
    answers: new Map<number, number>(),
    perCode: new Map<number, number>(),
    violations: [] as string[]
  }
  let next = 0
  const work = async (): Promise<void> => {
    const lane = new Lane(ports, report)
    while (next < cases.length) await lane.run(cases[next++]!)
    lane.end()
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return report
}
