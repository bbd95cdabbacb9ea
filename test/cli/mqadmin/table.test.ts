/** Each row of the table names commands and flags that are there. */
import type { Command, Config } from '@oclif/core'
import { expect } from 'chai'
import type { Becomes, Form } from '../../../src/cli/mqadmin/row.ts'
import { mqadminRow, mqadminRows, mqWords, nearestMqadminName } from '../../../src/cli/mqadmin/table.ts'
import { sourceConfig } from '../../support/in-process.ts'

const flagOf = (becomes: Becomes): string | undefined => ('flag' in becomes ? becomes.flag : undefined)

/** Whether the words of a row are flags that the command has: `--no-orderly` is the twin of `--orderly`. */
const knows = (command: Command.Class, word: string): boolean => {
  const flags: Record<string, { allowNo?: boolean }> = {
    json: {},
    ...command.baseFlags,
    ...command.flags
  } as never
  const name = word.replace(/^--/, '').replace(/=.*$/s, '')
  return name in flags || (name.startsWith('no-') && flags[name.slice(3)]?.allowNo === true)
}

/** All flags that a form may write. */
const written = (form: Form): string[] => [
  ...form.fixed.filter(word => word.startsWith('--')),
  ...Object.values(form.becomes).flatMap(becomes => {
    const flag = flagOf(becomes)
    const words = becomes.kind === 'words' ? [...becomes.words.values()].flat() : []
    return [...(flag === undefined ? [] : [`--${flag}`]), ...words.filter(word => word.startsWith('--'))]
  }),
  ...(form.together?.(() => '1') ?? []).filter(word => word.startsWith('--'))
]

describe('the table of mqadmin', () => {
  let config: Config
  before(async () => {
    config = await sourceConfig()
  })

  it('has all 96 sub-commands of 5.5.0, each once, found in any case', () => {
    expect(mqadminRows).to.have.length(96)
    expect(new Set(mqadminRows.map(row => row.name.toLowerCase())).size).to.equal(96)
    expect(mqadminRow('UPDATETOPIC')?.name).to.equal('updateTopic')
    expect(mqadminRow('nothing')).to.equal(undefined)
    expect(nearestMqadminName('updteTopic')).to.equal('updateTopic')
  })

  it('says for each what mq has, or why not', () => {
    for (const row of mqadminRows) {
      expect(row.does, row.name).to.match(/^\S.{5,}[^.]$/)
      if (row.forms.length === 0) expect(row.why, row.name).to.match(/^\S.{10,}[^.]$/)
      else expect(mqWords(row), row.name).to.be.a('string')
    }
  })

  it('speaks of options that the sub-command has', () => {
    for (const row of mqadminRows) {
      const own = row.options.map(option => option.short ?? option.long)
      const named = [...row.forms.flatMap(form => [...Object.keys(form.becomes), ...Object.keys(form.when)])]
      for (const option of [...named, ...Object.keys(row.not)]) expect(own, row.name).to.include(option)
    }
  })

  for (const row of mqadminRows) {
    for (const form of row.forms) {
      it(`${row.name}: mq ${form.mq} and its flags are there`, async () => {
        const found = config.findCommand(form.mq.replaceAll(' ', ':'))
        expect(found, `mq ${form.mq}`).not.to.equal(undefined)
        const command = (await found!.load()) as Command.Class
        for (const word of written(form)) expect(knows(command, word), `mq ${form.mq} ${word}`).to.equal(true)
        const positions = Object.values(form.becomes).filter(
          ({ kind, ...rest }) =>
            kind === 'argument' || kind === 'list' || (kind === 'broker' && !('flag' in rest && rest.flag))
        )
        const takes = command.strict === false ? Number.POSITIVE_INFINITY : Object.keys(command.args ?? {}).length
        expect(positions.length, `what mq ${form.mq} takes by position`).to.be.at.most(takes)
        const needed = Object.values(command.args ?? {}).filter(arg => arg.required === true).length
        const bare = (form.together?.(() => '1') ?? []).filter(word => !word.startsWith('-'))
        expect(positions.length + bare.length, `what mq ${form.mq} needs by position`).to.be.at.least(needed)
      })
    }
  }
})
