// Every way to send: synchronous, asynchronous, one-way, batch; what the broker answers and what it stored.
package interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

final class SendScenarios {
    private SendScenarios() {
    }

    static void list(Map<String, Workload.Scenario> scenarios) {
        scenarios.put("sync", SendScenarios::sync);
        scenarios.put("stored", SendScenarios::stored);
        scenarios.put("async", SendScenarios::async);
        scenarios.put("oneWay", SendScenarios::oneWay);
        scenarios.put("batch", SendScenarios::batch);
        scenarios.put("refused", SendScenarios::refused);
    }

    private static Map<String, Object> of(SendResult result) {
        return Facts.map("status", result.getSendStatus(), "queueId", result.getMessageQueue().getQueueId(), "broker",
            result.getMessageQueue().getBrokerName(), "queueOffset", result.getQueueOffset(), "msgId",
            result.getMsgId(), "offsetMsgId", result.getOffsetMsgId(), "region", result.getRegionId(), "traceOn",
            result.isTraceOn(), "transactionId", result.getTransactionId());
    }

    /** An unknown topic is created by the first send, and sends rotate over its queues. */
    private static void sync(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Sync");
        DefaultMQProducer producer = clients.producer("SyncProducer");
        Map<Object, Integer> perQueue = new TreeMap<>();
        List<Object> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SendResult result = producer.send(new Message(topic, Clients.bytes("m" + i)));
            perQueue.merge(result.getMessageQueue().getQueueId(), 1, Integer::sum);
            statuses.add(result.getSendStatus());
        }
        facts.state("statuses", statuses);
        facts.state("per queue", perQueue);
        List<Object> ends = new ArrayList<>();
        for (MessageQueue queue : clients.queues(producer, topic, 4)) {
            ends.add(producer.minOffset(queue) + ".." + producer.maxOffset(queue));
        }
        facts.state("offsets", ends);
    }

    /** Keys, tags, own properties, flag, compression: what was given and what the broker adds, read back by id. */
    private static void stored(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Stored");
        DefaultMQProducer producer = clients.producer("StoredProducer");
        clients.createTopic(producer, topic, 2);
        MessageQueue queue = clients.queues(producer, topic, 2).get(1);
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(topic, Clients.bytes("bare")));
        messages.add(new Message(topic, "TagA", "k1 k2", 7, Clients.bytes("all fields"), false));
        Message own = new Message(topic, "TagB", Clients.bytes("gr\u00fc\u00dfe, \u4f60\u597d \ud83d\ude80"));
        own.putUserProperty("colour", "gr\u00fcn \u4f60\u597d");
        own.putUserProperty("x", "1");
        own.setBuyerId("buyer");
        messages.add(own);
        messages.add(new Message(topic, Clients.bytes(String.join("", Collections.nCopies(1500, "compress ")))));
        byte[] large = new byte[1 << 21];
        new java.util.Random(7).nextBytes(large);
        messages.add(new Message(topic, large));
        messages.add(new Message(topic, new byte[] {0}));
        for (Message message : messages) {
            SendResult result = producer.send(message, queue);
            facts.state("answer", of(result));
            facts.state("by offset id", Facts.of(producer.viewMessage(topic, result.getOffsetMsgId())));
            MessageExt[] byKey = {null};
            Clients.await("message by its unique key", () -> {
                try {
                    byKey[0] = producer.viewMessage(topic, result.getMsgId());
                } catch (Exception notIndexedYet) {
                    return false;
                }
                return byKey[0] != null;
            }, () -> "nothing");
            facts.state("by unique key", Facts.of(byKey[0]));
        }
    }

    private static void async(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Async");
        DefaultMQProducer producer = clients.producer("AsyncProducer");
        clients.createTopic(producer, topic, 3);
        List<MessageQueue> queues = clients.queues(producer, topic, 3);
        int count = 60;
        CountDownLatch done = new CountDownLatch(count);
        Map<String, Object> places = Collections.synchronizedMap(new TreeMap<>());
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < count; i++) {
            Message message = new Message(topic, Clients.bytes("a" + i));
            producer.send(message, queues.get(i % 3), new SendCallback() {
                @Override
                public void onSuccess(SendResult result) {
                    places.put(String.format("%d/%02d", result.getMessageQueue().getQueueId(),
                        result.getQueueOffset()), result.getSendStatus());
                    done.countDown();
                }

                @Override
                public void onException(Throwable failure) {
                    failures.add(failure.toString());
                    done.countDown();
                }
            });
        }
        facts.state("all called back", done.await(Clients.PATIENCE_MS, TimeUnit.MILLISECONDS));
        facts.state("places", places);
        facts.state("failures", failures);
    }

    private static void oneWay(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("OneWay");
        DefaultMQProducer producer = clients.producer("OneWayProducer");
        clients.createTopic(producer, topic, 1);
        MessageQueue queue = clients.queues(producer, topic, 1).get(0);
        for (int i = 0; i < 12; i++) {
            producer.sendOneway(new Message(topic, "T", "k" + i, Clients.bytes("o" + i)), queue);
        }
        long[] end = {0};
        Clients.await("12 one-way messages", () -> {
            try {
                end[0] = producer.maxOffset(queue);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return end[0] == 12;
        }, () -> end[0]);
        facts.state("stored", end[0]);
    }

    private static void batch(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Batch");
        DefaultMQProducer producer = clients.producer("BatchProducer");
        clients.createTopic(producer, topic, 2);
        MessageQueue queue = clients.queues(producer, topic, 2).get(0);
        producer.send(new Message(topic, Clients.bytes("before")), queue);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Message message = new Message(topic, "Tag" + i, "key" + i, 3, Clients.bytes("b" + i), true);
            message.putUserProperty("n", "v" + i);
            messages.add(message);
        }
        SendResult result = producer.send(messages, queue);
        facts.state("answer", of(result));
        facts.state("ids", result.getOffsetMsgId().split(",").length);
        for (String id : result.getOffsetMsgId().split(",")) {
            facts.state("stored", Facts.of(producer.viewMessage(topic, id)));
        }
        facts.state("end", producer.maxOffset(queue));
    }

    /** What the broker does not take, by the code of its answer. */
    private static void refused(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Refused");
        DefaultMQProducer producer = clients.producer("RefusedProducer");
        producer.setMaxMessageSize(8 << 20);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setCompressMsgBodyOverHowmuch(1 << 30);
        clients.createTopic(producer, topic, 1);
        MessageQueue queue = clients.queues(producer, topic, 1).get(0);
        String broker = queue.getBrokerName();
        facts.state("4 MiB", Clients.codeOf(() -> producer.send(new Message(topic, new byte[4 << 20]), queue)
            .getSendStatus()));
        facts.state("4 MiB and a byte", Clients.codeOf(() -> producer.send(new Message(topic, new byte[(4 << 20) + 1]),
            queue).getSendStatus()));
        Message wide = new Message(topic, Clients.bytes("x"));
        wide.putUserProperty("wide", String.join("", Collections.nCopies(32_767, "p")));
        facts.state("properties of more than 32767 bytes", Clients.codeOf(() -> producer.send(wide, queue)));
        facts.state("queue 99", Clients.codeOf(() -> producer.send(new Message(topic, Clients.bytes("x")),
            new MessageQueue(topic, broker, 99))));
        for (String system : new String[] {"SCHEDULE_TOPIC_XXXX", "RMQ_SYS_TRANS_HALF_TOPIC", "SELF_TEST_TOPIC",
            "OFFSET_MOVED_EVENT"}) {
            facts.state("to " + system, Clients.codeOf(() -> producer.send(new Message(system, Clients.bytes("x")),
                new MessageQueue(system, broker, 0))));
        }
        facts.state("to TBW102", Clients.codeOf(() -> producer.send(new Message("TBW102", Clients.bytes("x")),
            new MessageQueue("TBW102", broker, 0)).getSendStatus()));
        facts.state("end", producer.maxOffset(queue));
    }
}
