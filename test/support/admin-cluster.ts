/** NameServer and broker in this process, the HTTP server with the admin API, and the acts over both roads. */
import { join } from 'node:path'
import type { Admin } from '../../src/admin/admin.ts'
import { remotingAdmin } from '../../src/admin/remoting-admin.ts'
import { brokerOptionRows } from '../../src/broker/options.ts'
import { commitOffset, committedOffset } from '../../src/client/queue-offsets.ts'
import { type QueuePlace, readableQueues } from '../../src/client/routes.ts'
import { Session } from '../../src/client/session.ts'
import type { ApiSettings } from '../../src/http/api/api.ts'
import { type HttpServer, type HttpSettings, startHttp } from '../../src/http/server.ts'
import { systemClock } from '../../src/kit/clock.ts'
import type { OptionRow } from '../../src/kit/options.ts'
import { namesrvOptionRows } from '../../src/namesrv/options.ts'
import type { AdminWorld } from '../contract/admin.ts'
import { consumer, openTestBroker, type TestBroker } from './broker.ts'
import { eventually } from './eventually.ts'
import { type TestNamesrv, testNamesrv } from './namesrv.ts'
import { silentLog } from './silent-log.ts'
import { type TempDir, tempDir } from './temp-dir.ts'

export interface Served {
  readonly url: string
  readonly server: HttpServer
}

export class AdminCluster {
  readonly log = silentLog()
  readonly dir: TempDir = tempDir()
  readonly broker: TestBroker
  readonly session: Session
  readonly admin: Admin
  readonly #namesrv: TestNamesrv
  readonly #servers: HttpServer[] = []
  readonly #sessions: Session[] = []
  #count = 0

  private constructor(namesrv: TestNamesrv, broker: TestBroker) {
    this.#namesrv = namesrv
    this.broker = broker
    this.session = this.#session()
    this.admin = remotingAdmin(this.session)
  }

  static async open(): Promise<AdminCluster> {
    const namesrv = await testNamesrv()
    const namesrvAddr = `127.0.0.1:${namesrv.namesrv.address.port}`
    const cluster = new AdminCluster(namesrv, await openTestBroker({ options: { namesrvAddr } }))
    await eventually(() => namesrv.namesrv.brokerCount === 1, 'the broker is registered')
    return cluster
  }

  #session(): Session {
    const namesrv = [`127.0.0.1:${this.#namesrv.namesrv.address.port}`]
    const session = new Session({ namesrv, timeoutMs: 10_000, clock: systemClock, log: silentLog() })
    this.#sessions.push(session)
    return session
  }

  get tokenFile(): string {
    return join(this.dir.path, 'http-tokens.json')
  }

  /** One more HTTP server whose API is set up otherwise. */
  serveApi(api: Partial<ApiSettings>, more: Partial<HttpSettings> = {}): Promise<Served> {
    return this.serve({ ...more, api: { ...this.#api(), ...api } })
  }

  #api(): ApiSettings {
    const rows: readonly OptionRow[] = brokerOptionRows
    const namesrvRows: readonly OptionRow[] = namesrvOptionRows
    return {
      hostNames: ['mq.example'],
      clock: systemClock,
      version: '1.2.3',
      configKeys: new Set(rows.filter(row => row.hot === true).map(row => row.key)),
      namesrvConfigKeys: new Set(namesrvRows.filter(row => row.hot === true).map(row => row.key)),
      tokenFile: this.tokenFile,
      open: async () => ({ admin: remotingAdmin(this.#session()), close: async () => {} })
    }
  }

  /** One more HTTP server over the same cluster. */
  async serve(more: Partial<HttpSettings> = {}): Promise<Served> {
    const server = await startHttp({
      host: '127.0.0.1',
      port: 0,
      live: () => undefined,
      ready: () => undefined,
      metrics: async () => ({ contentType: 'text/plain', text: '' }),
      log: this.log,
      api: this.#api(),
      ...more
    })
    this.#servers.push(server)
    return { url: `http://127.0.0.1:${server.address.port}`, server }
  }

  world(admin: Admin): AdminWorld {
    const place = async (topic: string, queueId: number): Promise<QueuePlace> =>
      readableQueues(topic, await this.session.routes.of(topic)).find(entry => entry.queueId === queueId)!
    return {
      admin,
      namesrv: `127.0.0.1:${this.#namesrv.namesrv.address.port}`,
      brokerName: this.broker.broker.identity.brokerName,
      name: kind => `${kind}-${++this.#count}`,
      consumer: (group, topics) => consumer(group, topics),
      join: async (clientID, producers, consumers) => {
        await this.broker.client().beat({ clientID, producers, consumers })
      },
      commit: async (group, topic, queueId, offset) =>
        commitOffset(this.session, await place(topic, queueId), group, offset),
      committed: async (group, topic, queueId) => committedOffset(this.session, await place(topic, queueId), group)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map(server => server.close()))
    await Promise.all(this.#sessions.map(session => session.close()))
    await this.broker.close()
    await this.#namesrv.stop()
    this.dir.remove()
  }
}

/** One cluster for all tests of a `describe`. */
export const sharedCluster = (): (() => AdminCluster) => {
  let opened: AdminCluster | undefined
  before(async () => {
    opened = await AdminCluster.open()
  })
  after(async () => {
    await opened?.close()
  })
  return () => opened!
}
