/** What the fast lane writes into every message and answer, made anew only when a setting changes. */
import { type AddedValues, added } from '../../protocol/hot-properties.ts'
import { propertyNames } from '../../protocol/message-properties.ts'
import { storeHostOf } from '../send/send-hosts.ts'
import type { SendParts } from '../send/send-parts.ts'
import { SendAnswers } from './hot-send-answer.ts'

export class HotConstants implements AddedValues {
  region: Buffer = Buffer.alloc(0)
  trace: Buffer = Buffer.alloc(0)
  cluster: Buffer = Buffer.alloc(0)
  readonly #parts: Pick<SendParts, 'identity' | 'settings'>
  readonly #storeHost: () => Buffer
  #suffixes: Buffer[] = []
  #answers: SendAnswers | undefined
  #answersHost: Buffer | undefined
  #traceOn: boolean | undefined

  constructor(parts: Pick<SendParts, 'identity' | 'settings'>) {
    this.#parts = parts
    this.#storeHost = storeHostOf(parts.identity)
    this.refresh()
  }

  /** Follows the settings; call it once a frame. */
  refresh(): void {
    const { identity, settings } = this.#parts
    if (this.#traceOn === settings.traceOn) return
    this.#traceOn = settings.traceOn
    this.region = Buffer.from(identity.regionId)
    this.trace = Buffer.from(String(settings.traceOn))
    this.cluster = Buffer.from(identity.clusterName)
    this.#answers = undefined
    this.#suffixes = Array.from({ length: 8 }, (_, present) => this.#makeSuffix(present))
  }

  /** The broker's properties that are not `present` yet; bits of `added`. */
  suffix(present: number): Buffer {
    return this.#suffixes[present]!
  }

  get storeHost(): Buffer {
    return this.#storeHost()
  }

  get answers(): SendAnswers {
    const storeHost = this.#storeHost()
    if (this.#answers === undefined || this.#answersHost !== storeHost) {
      const { identity, settings } = this.#parts
      this.#answersHost = storeHost
      this.#answers = new SendAnswers({ storeHost, region: identity.regionId, trace: String(settings.traceOn) })
    }
    return this.#answers
  }

  #makeSuffix(present: number): Buffer {
    const { identity, settings } = this.#parts
    const entries: [number, string, string][] = [
      [added.region, propertyNames.MSG_REGION, identity.regionId],
      [added.trace, propertyNames.TRACE_ON, String(settings.traceOn)],
      [added.cluster, propertyNames.CLUSTER, identity.clusterName]
    ]
    const missing = entries.filter(([bit]) => (present & bit) === 0)
    return Buffer.from(missing.map(([, name, value]) => `${name}\u0001${value}\u0002`).join(''))
  }
}
