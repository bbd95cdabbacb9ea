/** JSON Schema of `mq.yaml`, and of one context: editors complete and check by it. Derived from the table of keys. */
import { contextColors, type SettingKey, settingKeys } from './context-settings.ts'
import { projectKeys } from './project-file.ts'

const address = '^(\\[[0-9a-fA-F:.]+\\]|[\\w.-]+):\\d{1,5}$'

const typeOf = ({ type }: SettingKey): object => {
  switch (type) {
    case 'flag':
      return { type: 'boolean' }
    case 'addresses': {
      const one = { type: 'string', pattern: address }
      return { anyOf: [one, { type: 'array', minItems: 1, items: one }] }
    }
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: address },
        additionalProperties: { type: 'string', pattern: address }
      }
    case 'url':
      return { type: 'string', format: 'uri', pattern: '^https?://' }
    case 'duration':
      return { type: 'string', pattern: '^\\d{1,9}(\\.\\d{1,3})?(ms|s|m|h)?$' }
    case 'color':
      return { enum: contextColors }
    case 'text':
      return { type: 'string', minLength: 1 }
  }
}

export const settingsSchema = (kind: 'project' | 'context'): Readonly<Record<string, unknown>> => {
  const keys = kind === 'project' ? projectKeys : settingKeys
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: kind === 'project' ? 'mq.yaml' : 'a context of mq',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(keys.map(key => [key.name, { description: key.help, ...typeOf(key) }]))
  }
}
