/** Asks servers with hand-made frames, so that waiting for a peer trusts no code under test. */
import { connect } from 'node:net'

interface Answer {
  readonly code: number
  readonly body: string
}

/** The answer to one request without a body; rejects when nobody listens. */
const ask = (address: string, code: number, extFields: Readonly<Record<string, string>>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const [host, port] = address.split(':')
    const header = Buffer.from(
      JSON.stringify({
        code,
        extFields,
        flag: 0,
        language: 'JAVA',
        opaque: 1,
        serializeTypeCurrentRPC: 'JSON',
        version: 513
      })
    )
    const frame = Buffer.alloc(8 + header.length)
    frame.writeUInt32BE(4 + header.length, 0)
    frame.writeUInt32BE(header.length, 4)
    header.copy(frame, 8)
    const socket = connect(Number(port), host, () => socket.write(frame))
    let received = Buffer.alloc(0)
    socket.setTimeout(3000, () => socket.destroy(new Error(`${address} did not answer in 3000 ms`)))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`${address} closed the connection`)))
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      if (received.length < 8 || received.length < 4 + received.readUInt32BE(0)) return
      const headerLength = received.readUInt32BE(4) & 0xff_ffff
      const { code } = JSON.parse(received.toString('utf8', 8, 8 + headerLength)) as { code: number }
      resolve({ code, body: received.toString('utf8', 8 + headerLength) })
      socket.destroy()
    })
  })

/** GET_ROUTEINFO_BY_TOPIC */
export const askRoute = (namesrv: string, topic: string): Promise<Answer> =>
  ask(namesrv, 105, { topic, acceptStandardJsonOnly: 'true' })

/** UPDATE_AND_CREATE_TOPIC, then waits until the NameServer has a route. */
export const makeTopic = async (namesrv: string, broker: string, topic: string, queues: number): Promise<void> => {
  const { code, body } = await ask(broker, 17, {
    topic,
    defaultTopic: 'TBW102',
    readQueueNums: String(queues),
    writeQueueNums: String(queues),
    perm: '6',
    topicFilterType: 'SINGLE_TAG',
    topicSysFlag: '0',
    order: 'false'
  })
  if (code !== 0) throw new Error(`${broker} did not create ${topic}: code ${code} ${body}`)
  const never = new Promise<string>(() => {})
  await poll(`a route of ${topic}`, 20_000, never, async () => (await askRoute(namesrv, topic)).code === 0)
}

/** Polls until `done` holds; errors count as "not yet". Gives up with `what` when `whileAlive` ends or time is over. */
export const poll = async (
  what: string,
  timeoutMs: number,
  whileAlive: Promise<string>,
  done: () => Promise<boolean>
): Promise<void> => {
  let end = ''
  void whileAlive.then(why => {
    end = why
  })
  const deadline = performance.now() + timeoutMs
  while (!(await done().catch(() => false))) {
    if (end !== '') throw new Error(`${what}: ${end}`)
    if (performance.now() > deadline) throw new Error(`${what}: not in ${timeoutMs} ms`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
