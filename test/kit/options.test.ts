import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { MqError } from '../../src/kit/errors.ts'
import { bool, choice, group, int, text } from '../../src/kit/option-rows.ts'
import { defaultOptions, type OptionRow, optionsFile, parseOption, readOptions } from '../../src/kit/options.ts'
import { tempDir } from '../support/temp-dir.ts'

const rows = group('test', [
  int('port', 10, [0, 100], 'a port', { flag: 'port', env: 'TEST_PORT' }),
  bool('open', false, 'a switch', { env: 'TEST_OPEN' }),
  text('name', 'n', 'a name', { form: [/^\w+$/, 'letters and digits'] }),
  choice('mode', 'SLOW', ['SLOW', 'FAST'], 'a mode', { flag: 'mode' })
])

const fault = (make: () => unknown): MqError => {
  try {
    make()
  } catch (error) {
    if (error instanceof MqError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('options', () => {
  it('take a flag before a variable before a file before the default', () => {
    const file = { path: 'x.conf', text: 'port=1\nopen=true\nname=file\nmode=FAST' }
    const env = { TEST_PORT: '2', TEST_OPEN: '' }
    const { values, sources } = readOptions(rows, { file, env, flags: { port: 3 } })
    expect(values).to.deep.equal({ port: 3, open: true, name: 'file', mode: 'FAST' })
    expect(Object.fromEntries(sources)).to.deep.equal({ port: 'flag', open: 'file', name: 'file', mode: 'file' })
    expect(readOptions(rows, { file, env }).values.port).to.equal(2)
    expect(readOptions(rows, { file }).values.port).to.equal(1)
    expect(readOptions(rows, {}).values).to.deep.equal(defaultOptions(rows))
  })

  it('take a flag by its name or by the key of its option', () => {
    expect(readOptions(rows, { flags: { mode: 'FAST', name: 'x' } }).values).to.deep.include({
      mode: 'FAST',
      name: 'x'
    })
    expect(readOptions(rows, { flags: { port: undefined } }).values.port).to.equal(10)
  })

  it('take the last of a double key', () => {
    expect(readOptions(rows, { file: { path: 'x', text: 'port=1\nport=2' } }).values.port).to.equal(2)
  })

  it('warn of unknown keys and say what may have been meant', () => {
    const { warnings } = readOptions(rows, {
      file: { path: 'x.conf', text: 'prot=1\nzzzzzz=1\nhome=/x' },
      ignored: new Map([['home', 'there is no home directory']])
    })
    expect(warnings).to.deep.equal([
      'x.conf:1: prot is not an option; did you mean port?',
      'x.conf:2: zzzzzz is not an option',
      'x.conf:3: home is ignored: there is no home directory'
    ])
  })

  it('name file, line and key of a wrong value', () => {
    const error = fault(() => readOptions(rows, { file: { path: 'x.conf', text: '\nport=many' } }))
    expect(error.code).to.equal('MQ_CONFIG_INVALID')
    expect(error.message).to.equal('x.conf:2: port is "many", expected a whole number from 0 to 100')
    expect(fault(() => readOptions(rows, { env: { TEST_PORT: '101' } })).message).to.include('the variable TEST_PORT')
    expect(fault(() => readOptions(rows, { flags: { mode: 'x' } })).message).to.include('--mode is "x"')
  })

  it('refuse what is not of their type', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['port', ''],
      ['port', '1.5'],
      ['port', '1e2'],
      ['port', '0x10'],
      ['port', '-1'],
      ['port', '1\n2'],
      ['open', 'yes'],
      ['open', ''],
      ['name', 'a b'],
      ['name', 'x'.repeat(5000)],
      ['name', 'a\u0000'],
      ['mode', 'slow']
    ]
    for (const [key, value] of wrong) {
      const row = rows.find(entry => entry.key === key) as OptionRow
      expect(fault(() => parseOption(row, value, key)).code, `${key}=${value}`).to.equal('MQ_CONFIG_INVALID')
    }
    expect(parseOption(rows[0], ' +7\t', 'port')).to.equal(7)
    expect(parseOption(rows[1], 'TRUE', 'open')).to.equal(true)
  })

  it('read a file, and say when it cannot be read', () => {
    const dir = tempDir()
    try {
      const path = join(dir.path, 'a.conf')
      writeFileSync(path, 'port=5')
      expect(readOptions(rows, { file: optionsFile(path) }).values.port).to.equal(5)
      expect(fault(() => optionsFile(`${path}.none`)).message).to.include(`${path}.none cannot be read`)
    } finally {
      dir.remove()
    }
  })
})
