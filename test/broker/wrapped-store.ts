/** A real store of which a test replaces some members. */
import type { MessageStore } from '../../src/store/contract.ts'

export const wrapStore = (store: MessageStore, instead: Partial<MessageStore>): MessageStore =>
  new Proxy(store, {
    get(target, name) {
      if (Object.hasOwn(instead, name)) return Reflect.get(instead, name) as unknown
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
