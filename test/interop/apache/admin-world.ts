/** An Apache cluster as the contract of the administrative acts wants it: over remoting, and over mq's HTTP API before it. */
import { join } from 'node:path'
import type { Admin } from '../../../src/admin/admin.ts'
import { remotingAdmin } from '../../../src/admin/remoting-admin.ts'
import { brokerOptionRows } from '../../../src/broker/options.ts'
import { commitOffset, committedOffset } from '../../../src/client/queue-offsets.ts'
import { type QueuePlace, readableQueues } from '../../../src/client/routes.ts'
import { Session } from '../../../src/client/session.ts'
import { startHttp } from '../../../src/http/server.ts'
import { systemClock } from '../../../src/kit/clock.ts'
import type { OptionRow } from '../../../src/kit/options.ts'
import { namesrvOptionRows } from '../../../src/namesrv/options.ts'
import { heartBeat } from '../../../src/protocol/requests/heart-beat.ts'
import type { AdminWorld } from '../../contract/admin.ts'
import { consumer, heartbeat } from '../../support/broker.ts'
import { RawClient } from '../../support/raw-client.ts'
import { silentLog } from '../../support/silent-log.ts'
import type { Peer } from '../peer.ts'

const namesrvRows: readonly OptionRow[] = namesrvOptionRows

export class ApacheWorlds {
  readonly #peer: Peer
  readonly #dir: string
  readonly #open: { close(): unknown }[] = []
  readonly #session: Session
  #count = 0

  constructor(peer: Peer, dir: string) {
    this.#peer = peer
    this.#dir = dir
    this.#session = this.#newSession()
  }

  #newSession(): Session {
    const session = new Session({
      namesrv: [this.#peer.namesrv],
      timeoutMs: 10_000,
      clock: systemClock,
      log: silentLog()
    })
    this.#open.push(session)
    return session
  }

  get remoting(): Admin {
    return remotingAdmin(this.#session)
  }

  /** The base of an HTTP API of mq that answers for the cluster. */
  async serve(): Promise<string> {
    const server = await startHttp({
      host: '127.0.0.1',
      port: 0,
      live: () => undefined,
      ready: () => undefined,
      metrics: async () => ({ contentType: 'text/plain', text: '' }),
      log: silentLog(),
      api: {
        hostNames: [],
        clock: systemClock,
        version: '1.2.3',
        configKeys: new Set(brokerOptionRows.map(row => row.key)),
        namesrvConfigKeys: new Set(namesrvRows.filter(row => row.hot === true).map(row => row.key)),
        tokenFile: join(this.#dir, 'http-tokens.json'),
        open: async () => ({ admin: remotingAdmin(this.#newSession()), close: async () => {} })
      }
    })
    this.#open.push(server)
    return `http://127.0.0.1:${server.address.port}`
  }

  world(admin: Admin, prefix: string): AdminWorld {
    const place = async (topic: string, queueId: number): Promise<QueuePlace> =>
      readableQueues(topic, await this.#session.routes.of(topic)).find(entry => entry.queueId === queueId)!
    return {
      admin,
      namesrv: this.#peer.namesrv,
      brokerName: 'broker-a',
      name: kind => `${prefix}-${kind}-${++this.#count}`,
      consumer,
      join: async (clientID, producers, consumers) => {
        const client = await RawClient.connect(Number(this.#peer.broker.split(':')[1]))
        this.#open.push({ close: () => client.destroy() })
        await client.ask(heartBeat.code, {}, heartbeat({ clientID, producers, consumers }))
      },
      commit: async (group, topic, queueId, offset) =>
        commitOffset(this.#session, await place(topic, queueId), group, offset),
      committed: async (group, topic, queueId) => committedOffset(this.#session, await place(topic, queueId), group)
    }
  }

  async close(): Promise<void> {
    for (const entry of this.#open.reverse()) await entry.close()
  }
}
