/**
 * The library: producers, consumers and administrative acts for other programs, and `startDev` for their tests.
 * docs/client.md shows how to use it.
 */
import { type OpenAdmin, openAdmin } from './admin/open-admin.ts'
import type { Dev, StartDevOptions } from './daemon/embedded.ts'

export type { ClientOptions } from './client/client-options.ts'
export type { ConsumerOptions } from './client/consumer-options.ts'
export type { HandlerContext, MessageHandler } from './client/handling.ts'
export type { FlowLimits } from './client/held-queue.ts'
export {
  LitePullConsumer,
  type LitePullConsumerOptions,
  type PollOptions,
  type QueueName
} from './client/lite-pull-consumer.ts'
export type { NameServerOptions } from './client/name-servers.ts'
export type { OutgoingMessage } from './client/outgoing-message.ts'
export { Producer, type ProducerOptions, type SendOptions } from './client/producer.ts'
export { PushConsumer, type PushConsumerOptions } from './client/push-consumer.ts'
export { byHash, byRandom, type QueueSelector, roundRobin, sameMachineRoom } from './client/queue-selectors.ts'
export { average } from './client/rebalance/average.ts'
export { circle } from './client/rebalance/circle.ts'
export { consistentHash } from './client/rebalance/consistent-hash.ts'
export { machineRoom } from './client/rebalance/machine-room.ts'
export type { Rebalance, SharedQueue } from './client/rebalance/rebalance.ts'
export type { ReceivedMessage } from './client/received-message.ts'
export type { QueuePlace } from './client/routes.ts'
export type { SendReceipt, SendStatus } from './client/send-receipt.ts'
export type { ConsumeFrom } from './client/start-offset.ts'
export { type ErrorCode, MqError } from './kit/errors.ts'
export type { Dev, OpenAdmin, StartDevOptions }

/** Administrative acts: `const admin = await Admin.open({ namesrvAddr })`. Java: DefaultMQAdminExt. */
export const Admin = { open: openAdmin } as const

/**
 * Starts a NameServer and a broker in this process, on free ports and with data of their own, for a test. Resolves when
 * clients can use them, within 30 s unless set. Rejects with MQ_CONFIG_INVALID (a setting that is wrong), MQ_PORT_IN_USE,
 * MQ_START_FAILED. Server code is loaded by the first call, not by importing this library.
 */
export const startDev = async (options: StartDevOptions = {}): Promise<Dev> => {
  const { startEmbedded } = await import('./daemon/embedded.ts')
  return startEmbedded(options)
}
