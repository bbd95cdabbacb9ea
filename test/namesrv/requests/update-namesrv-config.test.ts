import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { testNamesrv, withNamesrv } from '../../support/namesrv.ts'

describe('UPDATE_NAMESRV_CONFIG', () => {
  const at = withNamesrv()

  const update = (text: string) => at.client.ask(318, {}, Buffer.from(text))
  const config = async (): Promise<string> => String((await at.client.ask(319, {})).body)

  it('changes options that may change while it runs, and keeps them over a restart', async () => {
    expect((await update('orderMessageEnable=true\n')).code).to.equal(0)
    expect(await config()).to.contain('orderMessageEnable=true\n')
    const again = await testNamesrv({ dataDir: at.server.dataDir })
    const client = await again.client()
    expect(String((await client.ask(319, {})).body)).to.contain('orderMessageEnable=true\n')
    await again.stop()
  })

  for (const key of ['configStorePath', 'kvConfigPath', 'configBlackList', 'rocketmqHome']) {
    it(`refuses ${key}, in Apache’s words, together with all that came with it`, async () => {
      const before = await config()
      const answer = await update(`orderMessageEnable=true\n${key}=/tmp/x`)
      expect(answer).to.include({ code: 16, remark: 'Can not update config in black list.' })
      expect(await config()).to.equal(before)
    })
  }

  for (const [what, text, code] of [
    ['a key that needs a restart', 'listenPort=1', 16],
    ['an unknown key', '__proto__=1', 16],
    ['a value of the wrong type', 'waitSecondsForService=x', 1],
    ['a value out of range', 'waitSecondsForService=-1', 1],
    ['an escaped line feed that would forge another key', 'waitSecondsForService=1\\u000alistenPort=1', 1]
  ] as const) {
    it(`refuses ${what}, all of the request or none`, async () => {
      const before = await config()
      const answer = await update(`orderMessageEnable=true\n${text}`)
      expect(answer.code).to.equal(code)
      expect(answer.remark).not.to.equal('')
      expect(await config()).to.equal(before)
    })
  }

  it('writes nothing but its one file, in its own directory', async () => {
    await update('orderMessageEnable=true')
    await update('../../x=1')
    expect(readdirSync(at.server.dataDir)).to.deep.equal(['namesrv.properties'])
  })
})
