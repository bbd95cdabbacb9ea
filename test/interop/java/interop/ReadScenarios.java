// Looking messages up by key, id, time and offset; and the fixed workload that the admin commands are run after.
package interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

final class ReadScenarios {
    private ReadScenarios() {
    }

    static void list(Map<String, Workload.Scenario> scenarios) {
        scenarios.put("lookUp", ReadScenarios::lookUp);
        scenarios.put("holdSeed", ReadScenarios::holdSeed);
    }

    private static void lookUp(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("LookUp");
        DefaultMQProducer producer = clients.producer("LookUpProducer");
        clients.createTopic(producer, topic, 2);
        List<MessageQueue> queues = clients.queues(producer, topic, 2);
        String lastId = "";
        for (int i = 0; i < 8; i++) {
            Message message = new Message(topic, "T", "every k" + i + " half" + i % 2, Clients.bytes("m" + i));
            lastId = producer.send(message, queues.get(i % 2)).getOffsetMsgId();
        }
        for (String key : new String[] {"k7", "every", "half1", "k0"}) {
            TreeSet<String> bodies = new TreeSet<>();
            int expected = key.equals("every") ? 8 : key.equals("half1") ? 4 : 1;
            Clients.await(expected + " messages with key " + key, () -> {
                try {
                    for (MessageExt message : producer.queryMessage(topic, key, 32, 0, Long.MAX_VALUE)
                        .getMessageList()) {
                        bodies.add(message.getQueueId() + "/" + message.getQueueOffset() + " "
                            + Facts.body(message.getBody()));
                    }
                } catch (Exception notIndexedYet) {
                    return false;
                }
                return bodies.size() >= expected;
            }, () -> bodies);
            facts.state("key " + key, bodies);
        }
        facts.state("at most 3", producer.queryMessage(topic, "every", 3, 0, Long.MAX_VALUE).getMessageList().size());
        facts.state("no such key", Clients.codeOf(() -> producer.queryMessage(topic, "none", 3, 0, Long.MAX_VALUE)
            .getMessageList().size()));
        facts.state("before all", Clients.codeOf(() -> producer.queryMessage(topic, "every", 3, 0, 1000)
            .getMessageList().size()));
        String beyond = lastId.substring(0, lastId.length() - 16) + "00000000FFFFFF00";
        facts.state("an offset beyond the end", Clients.codeOf(() -> producer.viewMessage(topic, beyond)));
        String inside = lastId.substring(0, lastId.length() - 16)
            + String.format("%016X", Long.parseLong(lastId.substring(lastId.length() - 16), 16) + 1);
        facts.state("an offset inside a message", Clients.codeOf(() -> producer.viewMessage(topic, inside)));
        for (MessageQueue queue : queues) {
            facts.state("offsets of a queue", Facts.map("min", producer.minOffset(queue), "max",
                producer.maxOffset(queue), "at time 0", producer.searchOffset(queue, 0), "in an hour",
                producer.searchOffset(queue, System.currentTimeMillis() + 3_600_000L)));
        }
        MessageQueue none = new MessageQueue(topic, queues.get(0).getBrokerName(), 99);
        facts.state("offsets of no queue", Facts.map("min", Clients.codeOf(() -> producer.minOffset(none)), "max",
            Clients.codeOf(() -> producer.maxOffset(none))));
        facts.state("earliest time is past", producer.earliestMsgStoreTime(queues.get(0))
            <= System.currentTimeMillis());
    }

    /**
     * The first messages of a fresh broker, each acknowledged before the next, so that even physical offsets are the
     * same everywhere; and a consumer that has read all of them and stays.
     */
    private static void holdSeed(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Seed");
        DefaultMQProducer producer = clients.producer("SeedProducer");
        List<MessageQueue> queues = clients.queues(producer, topic, 4);
        List<String> ids = new ArrayList<>();
        List<String> offsetIds = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Message message = new Message(topic, i % 2 == 0 ? "Even" : "Odd", "all key" + i, Clients.bytes("seed" + i));
            SendResult result = producer.send(message, queues.get(i % 4));
            ids.add(result.getMsgId());
            offsetIds.add(result.getOffsetMsgId());
        }
        facts.state("ids", ids);
        facts.state("offset ids", offsetIds);
        for (String id : offsetIds) {
            facts.state("physical offset", Long.parseLong(id.substring(id.length() - 16), 16));
        }
        DefaultMQPushConsumer consumer = clients.push("SeedGroup");
        consumer.subscribe(topic, "*");
        List<MessageExt> seen = Collections.synchronizedList(new ArrayList<>());
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            seen.addAll(messages);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        Clients.await("12 messages", () -> seen.size() >= 12, () -> Clients.byQueue(seen));
        consumer.getOffsetStore().persistAll(new TreeSet<>(queues));
        facts.state("seen", Clients.byQueue(seen));
    }
}
