/** How the consumers of a group are to fetch a topic, for those that ask the broker. Java: MessageRequestModeManager. */
import type { RequestMode } from '../../protocol/bodies/request-mode.ts'
import { type KeptParts, KeptRows } from '../kept-rows.ts'

const keyOf = (topic: string, group: string): string => `${topic}@${group}`

export class RequestModes {
  readonly #rows: KeptRows<RequestMode>

  private constructor(rows: KeptRows<RequestMode>) {
    this.#rows = rows
  }

  static async open(parts: KeptParts): Promise<RequestModes> {
    return new RequestModes(await KeptRows.open('requestMode.', parts))
  }

  /** Resolves when it is durable. */
  async set(mode: RequestMode): Promise<void> {
    await this.#rows.write([[keyOf(mode.topic, mode.consumerGroup), mode]])
  }

  /** By topic, then by group. */
  table(): Map<string, ReadonlyMap<string, RequestMode>> {
    const table = new Map<string, Map<string, RequestMode>>()
    for (const [, mode] of this.#rows.entries()) {
      const groups = table.get(mode.topic) ?? new Map<string, RequestMode>()
      table.set(mode.topic, groups.set(mode.consumerGroup, mode))
    }
    return table
  }

  async deleteTopic(topic: string): Promise<void> {
    await this.#deleteWhere(mode => mode.topic === topic)
  }

  async deleteGroup(group: string): Promise<void> {
    await this.#deleteWhere(mode => mode.consumerGroup === group)
  }

  async #deleteWhere(goes: (mode: RequestMode) => boolean): Promise<void> {
    const gone = [...this.#rows.entries()].filter(([, mode]) => goes(mode))
    await this.#rows.write(gone.map(([key]) => [key, undefined]))
  }
}
