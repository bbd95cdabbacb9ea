/** A broker in a process of its own, under the settings of a fault run; killed, cut off and started again by its test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { RawClient } from '../support/raw-client.ts'

export interface BrokerSettings {
  /** Java's keys, as in broker.conf. */
  readonly options: Readonly<Record<string, string | number | boolean>>
  readonly environment?: Readonly<Record<string, string>>
}

export class BrokerProcess {
  port = 0
  said = ''
  readonly died: Promise<{ code: number | null; signal: string | null }>
  readonly #process: ChildProcess
  #dead = false

  private constructor(settings: BrokerSettings) {
    this.#process = spawn(
      process.execPath,
      ['--import', 'tsx', new URL('broker-victim.ts', import.meta.url).pathname],
      {
        env: {
          ...process.env,
          ...settings.environment,
          UV_THREADPOOL_SIZE: '16',
          BROKER: JSON.stringify(settings.options)
        },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc']
      }
    )
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-20_000)
    })
    this.died = once(this.#process, 'close').then(([code, signal]) => {
      this.#dead = true
      return { code: code as number | null, signal: signal as string | null }
    })
  }

  /** Resolves once clients can use it; rejects when it ends before. */
  static async start(settings: BrokerSettings): Promise<BrokerProcess> {
    const broker = new BrokerProcess(settings)
    const ready = once(broker.#process, 'message').then(([message]) => (message as { port: number }).port)
    const port = await Promise.race([ready, broker.died.then(() => undefined)])
    if (port === undefined) throw new Error(`the broker does not start: ${broker.said}`)
    broker.port = port
    return broker
  }

  get alive(): boolean {
    return !this.#dead
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  client(): Promise<RawClient> {
    return RawClient.connect(this.port)
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.died
  }

  /** A graceful stop; resolves to the exit code. */
  async stop(): Promise<number | null> {
    this.#process.kill('SIGTERM')
    return (await this.died).code
  }
}
