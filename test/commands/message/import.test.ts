import { expect } from 'chai'
import type { ImportedMessages } from '../../../src/admin/client-rows.ts'
import { rows, said, topicOf } from '../../support/group-commands.ts'
import { ops } from '../../support/ops-cluster.ts'

describe('mq message import', () => {
  const load = async (input: string, ...flags: string[]) => {
    const { code, stdout, stderr } = await ops().run(['message', 'import', '-', ...flags], { input })
    return { code, text: stdout + stderr }
  }

  it('puts back what was exported, to the byte', async () => {
    const [topic, copy] = [await topicOf(2), await topicOf(0)]
    const body = Buffer.from([0, 255, 10, 128]).toString('base64')
    await load(JSON.stringify({ topic, body, bodyEncoding: 'base64', keys: 'bin', properties: { ü: 'é' } }))
    const lines = await said('message', 'export', topic)
    const dry = await load(lines, '--topic', copy, '--dry-run', '--json')
    expect(JSON.parse(dry.text) as ImportedMessages).to.include({ read: 3, sent: 0, dryRun: true })
    const done = await load(lines, '--topic', copy, '--rate', '1000/s', '--json')
    expect(JSON.parse(done.text) as ImportedMessages).to.include({ read: 3, sent: 3, failed: 0 })
    const [binary] = (await rows('message', 'query', '--topic', copy, '-k', 'bin')).items
    expect(binary).to.include({ body, bodyEncoding: 'base64' })
    expect(binary!.properties).to.include({ ü: 'é' })
    const [text] = (await rows('message', 'query', '--topic', copy, '-k', 'k1')).items
    expect([text!.body, text!.tags, text!.properties['n']]).to.deep.equal(['m1', 'T', '1'])
  })

  it('names the line that is no message', async () => {
    for (const line of ['{', '[]', '{"body":"x"}', '{"topic":"t"}', '{"topic":"t","body":"x","keys":1}']) {
      const { code, text } = await load(`\n${line}\n`)
      expect(code, line + text).to.equal(2)
      expect(text).to.contain('line 2')
    }
  })
})
