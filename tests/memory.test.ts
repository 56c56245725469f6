import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { storageContract } from './storage-contract.ts';

storageContract('memoryStorage()', async () => ({ storage: memoryStorage() }));
