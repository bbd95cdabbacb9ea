/** mqadmin's commands that `mq` has no counterpart of, each with the reason. */
import { type MqadminRow, none } from './row.ts'

const controller =
  "mq has no controller: who is master is decided through etcd, and Apache's controller is Apache's mqadmin's business"
const rocks = 'mq stores in LevelDB: there is no RocksDB to look into'
const container = 'mq has no container of brokers: `mq broker start` starts one, `mq service` lets systemd do it'
const lite = 'mq has no lite topics (LMQ) yet'
const access = 'mq has no access control yet: its daemons listen on loopback unless told otherwise'

const place = '-b brokerAddr? -c clusterName?'
const clusterFirst = '-c clusterName? -b brokerAddr?'
const at = '-a controllerAddress!'

export const otherRows: readonly MqadminRow[] = [
  none('getControllerMetaData', 'the members of the controller', at, controller),
  none('getControllerConfig', 'the settings of the controller', at, controller),
  none('updateControllerConfig', 'change a setting of the controller', `${at} -k key! -v value!`, controller),
  none(
    'electMaster',
    'let the controller make a broker master',
    `${at} -b brokerId! -bn brokerName! -c clusterName!`,
    controller
  ),
  none(
    'cleanBrokerMetadata',
    'remove brokers from the controller',
    `${at} -b brokerControllerIdsToClean -bn brokerName! -c clusterName -l cleanLivingBroker~`,
    controller
  ),
  none(
    'getSyncStateSet',
    'the replicas in sync, as the controller knows them',
    `${at} -c clusterName -b brokerName -i interval`,
    controller
  ),
  none('addBroker', 'start a broker in a container', '-c brokerContainerAddr! -b brokerConfigPath!', container),
  none('removeBroker', 'stop a broker in a container', '-c brokerContainerAddr! -b brokerIdentity!', container),
  none(
    'exportMetadataInRocksDB',
    'topics and groups out of RocksDB files',
    '-p path! -t configType! -j jsonEnable',
    rocks
  ),
  none(
    'rocksDBConfigToJson',
    "a broker's RocksDB files as JSON",
    '-t configType -p configPath -e exportFile -j jsonEnable -n nameserverAddr -c cluster -b brokerAddr',
    rocks
  ),
  none(
    'checkRocksdbCqWriteProgress',
    'whether consume queues in RocksDB and in files are equal',
    '-c cluster! -n nameserverAddr! -t topic -cf checkFrom',
    rocks
  ),
  none('switchTimerEngine', 'keep delayed messages in files or in RocksDB', `${place} -e engineType!`, rocks),
  none('dumpCompactionLog', 'print a file of a compacted topic', '-f file', 'mq compacts no topics'),
  none(
    'exportPopRecord',
    'write records of pop out of RocksDB',
    '-c clusterName -b brokerAddr -d dryRun',
    'mq has no pop yet, and no RocksDB that keeps its records'
  ),
  none('getBrokerLiteInfo', 'counts of lite topics', '-b brokerAddr? -c cluster? -d showDetail~', lite),
  none('getParentTopicInfo', 'a topic of lite topics', '-p parentTopic!', lite),
  none('getLiteTopicInfo', 'a lite topic', '-p parentTopic! -l liteTopic! -s showClientId~', lite),
  none('getLiteClientInfo', 'lite topics of a client', '-p parentTopic! -g group! -c clientId! -s showDetail~', lite),
  none('getLiteGroupInfo', 'lag of a group of lite topics', '-p parentTopic! -g group! -l liteTopic -k topK', lite),
  none(
    'triggerLiteDispatch',
    'offer waiting lite messages again',
    '-p parentTopic! -g group! -c clientId -b brokerName',
    lite
  ),
  none('createUser', 'add a user', `${clusterFirst} -u username! -p password! -t userType`, access),
  none('updateUser', 'change a user', `${clusterFirst} -u username! -p password? -t userType? -s userStatus?`, access),
  none('deleteUser', 'remove a user', `${clusterFirst} -u username!`, access),
  none('getUser', 'show a user', `${place} -u username`, access),
  none('listUser', 'list users', `${place} -f filter`, access),
  none('copyUser', 'copy users between brokers', '-f fromBroker! -t toBroker! -u usernames', access),
  none(
    'createAcl',
    'add a policy',
    `${clusterFirst} -s subject! -r resources! -a actions! -i sourceIp -d decision!`,
    access
  ),
  none(
    'updateAcl',
    'change a policy',
    `${clusterFirst} -s subject! -r resources! -a actions! -d decision! -i sourceIp`,
    access
  ),
  none('deleteAcl', 'remove a policy', `${clusterFirst} -s subject! -r resources`, access),
  none('getAcl', 'show the policies of a subject', `${place} -s subject`, access),
  none('listAcl', 'list policies', `${place} -s subject -r resource`, access),
  none('copyAcl', 'copy policies between brokers', '-f fromBroker! -t toBroker! -s subjects', access)
]
