import { type StoreUnderTest, storeContract } from '../contract/store.ts'
import { type StoresInDirs, storesInDirs } from './store-in-dir.ts'

describe('MessageStore on LevelDB', () => {
  let stores: StoresInDirs
  beforeEach(() => {
    stores = storesInDirs()
  })
  afterEach(() => stores.removeAll())

  storeContract((options): Promise<StoreUnderTest> => stores.make(options))
})
