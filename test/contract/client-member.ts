/** A consumer in a process of its own, so that a test can kill it: prints `queue number` for each message it has done. */
import { PushConsumer } from '../../src/index.ts'

const [namesrvAddr, group, topic, orderly] = process.argv.slice(2) as [string, string, string, string]

await PushConsumer.open({
  namesrvAddr,
  group,
  topics: { [topic]: '*' },
  from: 'first',
  orderly: orderly === 'orderly',
  handler: message => {
    process.stdout.write(`${message.queueId} ${message.body}\n`)
  }
})
process.stdout.write('open\n')
// Keeps the process alive until it is killed.
process.stdin.resume()
