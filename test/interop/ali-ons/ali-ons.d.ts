/** The part of npm `ali-ons` that its scenario uses; the package has no types of its own. */
declare module 'ali-ons' {
  export class Message {
    constructor(topic: string, tags: string, body: string)
    keys: string[]
    readonly topic: string
    readonly tags: string
    readonly body: Buffer
    readonly queueId: number
    readonly queueOffset: number
    readonly reconsumeTimes: number
    readonly properties: Record<string, string>
  }

  export interface SendResult {
    readonly sendStatus: string
    readonly msgId: string
    readonly messageQueue: { readonly queueId: number }
    readonly queueOffset: number
  }

  interface Options {
    readonly nameSrv: string
    readonly producerGroup?: string
    readonly consumerGroup?: string
    readonly messageModel?: 'CLUSTERING' | 'BROADCASTING'
    readonly consumeFromWhere?: string
    readonly instanceName?: string
    readonly pullInterval?: number
    readonly httpclient: { request(): never }
    readonly logger: Record<'debug' | 'info' | 'warn' | 'error', (...words: unknown[]) => void>
  }

  export class Producer {
    constructor(options: Options)
    ready(): Promise<void>
    send(message: Message): Promise<SendResult>
    close(): Promise<void>
  }

  export class Consumer {
    constructor(options: Options)
    ready(): Promise<void>
    subscribe(topic: string, tags: string, handler: (message: Message) => Promise<void>): void
    on(event: 'error', listener: (error: Error) => void): void
    close(): Promise<void>
  }
}
