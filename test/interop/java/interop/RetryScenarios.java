// What comes again later: retries up to the dead-letter topic, and messages sent with a delay level.
package interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

final class RetryScenarios {
    private RetryScenarios() {
    }

    static void list(Map<String, Workload.Scenario> scenarios) {
        scenarios.put("retry", RetryScenarios::retry);
        scenarios.put("deadLetter", RetryScenarios::deadLetter);
        scenarios.put("delay", RetryScenarios::delay);
        scenarios.put("delayToQueue", RetryScenarios::delayToQueue);
    }

    /**
     * The group's retry topic comes into being with its first heartbeat, after a starting client has looked for its
     * route; a client that starts later finds it at once instead of at its next poll, half a minute later.
     */
    private static void makeRetryTopic(Clients clients, DefaultMQProducer producer, String group, String topic)
        throws Exception {
        DefaultMQPushConsumer first = clients.push(group);
        first.subscribe(topic, "*");
        first.registerMessageListener((MessageListenerConcurrently) (m, c) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
        first.start();
        clients.queues(producer, "%RETRY%" + clients.name(group), 1);
        first.shutdown();
    }

    /** Fails each message until it has come `failures` times, then takes it. */
    private static List<Map<String, Object>> failing(DefaultMQPushConsumer consumer, int failures) {
        List<Map<String, Object>> deliveries = Collections.synchronizedList(new ArrayList<>());
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (MessageExt message : messages) {
                deliveries.add(Facts.of(message));
                if (message.getReconsumeTimes() < failures) {
                    return ConsumeConcurrentlyStatus.RECONSUME_LATER;
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        return deliveries;
    }

    private static void retry(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Retry");
        DefaultMQProducer producer = clients.producer("RetryProducer");
        clients.createTopic(producer, topic, 1);
        makeRetryTopic(clients, producer, "RetryGroup", topic);
        DefaultMQPushConsumer consumer = clients.push("RetryGroup");
        consumer.subscribe(topic, "T");
        List<Map<String, Object>> deliveries = failing(consumer, 2);
        consumer.start();
        MessageQueue queue = clients.queues(producer, topic, 1).get(0);
        producer.send(new Message(topic, "T", "key", Clients.bytes("again")), queue);
        Clients.await("three deliveries", () -> deliveries.size() >= 3, () -> deliveries);
        facts.state("deliveries", deliveries);
    }

    private static void deadLetter(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Dead");
        DefaultMQProducer producer = clients.producer("DeadProducer");
        clients.createTopic(producer, topic, 1);
        makeRetryTopic(clients, producer, "DeadGroup", topic);
        DefaultMQPushConsumer consumer = clients.push("DeadGroup");
        consumer.setMaxReconsumeTimes(2);
        consumer.subscribe(topic, "*");
        List<Map<String, Object>> deliveries = failing(consumer, Integer.MAX_VALUE);
        consumer.start();
        MessageQueue queue = clients.queues(producer, topic, 1).get(0);
        Message message = new Message(topic, "T", "key", 5, Clients.bytes("never"), true);
        message.putUserProperty("own", "value");
        producer.send(message, queue);
        MessageQueue dead = clients.queues(producer, "%DLQ%" + clients.name("DeadGroup"), 1).get(0);
        DefaultLitePullConsumer reader = clients.lite("DeadReader");
        reader.start();
        reader.assign(Collections.singletonList(dead));
        List<MessageExt> letters = new ArrayList<>();
        Clients.await("dead letter", () -> letters.addAll(reader.poll(500)) && letters.size() >= 1, () -> deliveries);
        facts.state("deliveries", deliveries);
        facts.state("dead letter", Facts.of(letters.get(0)));
        facts.state("offsets", producer.minOffset(dead) + ".." + producer.maxOffset(dead));
    }

    private static Map<String, Object> delayed(Clients clients, MessageQueue queue, DefaultMQProducer producer, int level,
        int seconds, Facts facts) throws Exception {
        DefaultLitePullConsumer reader = clients.lite("DelayReader" + level);
        reader.start();
        reader.assign(Collections.singletonList(queue));
        Message message = new Message(queue.getTopic(), "T", "key" + level, Clients.bytes("level " + level));
        message.setDelayTimeLevel(level);
        SendResult sent = producer.send(message, queue);
        facts.state("answer", Facts.map("status", sent.getSendStatus(), "queueId", sent.getMessageQueue().getQueueId()));
        List<MessageExt> seen = new ArrayList<>();
        Clients.await("delayed message", () -> seen.addAll(reader.poll(200))
            && seen.stream().anyMatch(m -> Facts.body(m.getBody()).equals("level " + level)), () -> seen);
        MessageExt came = seen.get(seen.size() - 1);
        long waited = came.getStoreTimestamp() - came.getBornTimestamp();
        facts.state("not early", waited >= seconds * 1000L - 100);
        facts.state("not late", waited < seconds * 1000L + 3000);
        return Facts.of(came);
    }

    /** Levels 1 and 2 are one and two seconds on the servers of these runs; a level beyond the last is the last. */
    private static void delay(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Delay");
        DefaultMQProducer producer = clients.producer("DelayProducer");
        clients.createTopic(producer, topic, 1);
        MessageQueue queue = clients.queues(producer, topic, 1).get(0);
        facts.state("level 1", delayed(clients, queue, producer, 1, 1, facts));
        facts.state("level 2", delayed(clients, queue, producer, 2, 2, facts));
        facts.state("level 99", delayed(clients, queue, producer, 99, 1, facts));
        facts.state("end", producer.maxOffset(queue));
    }

    /** A delayed message arrives in the queue that it was sent to, with order kept inside a level. */
    private static void delayToQueue(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("DelayQueue");
        DefaultMQProducer producer = clients.producer("DelayQueueProducer");
        clients.createTopic(producer, topic, 3);
        List<MessageQueue> queues = clients.queues(producer, topic, 3);
        for (int i = 0; i < 6; i++) {
            Message message = new Message(topic, "T", Clients.bytes("d" + i));
            message.setDelayTimeLevel(1);
            producer.send(message, queues.get(i % 3));
        }
        DefaultLitePullConsumer reader = clients.lite("DelayQueueReader");
        reader.start();
        reader.assign(queues);
        List<MessageExt> seen = new ArrayList<>();
        Clients.await("6 delayed messages", () -> seen.addAll(reader.poll(200)) && seen.size() >= 6, () -> seen);
        facts.state("seen", Clients.byQueue(seen));
    }
}
