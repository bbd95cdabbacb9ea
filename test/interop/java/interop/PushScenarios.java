// The push consumer: sharing and broadcasting, tags, order, what a group remembers, who gets which queue.
package interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.consumer.store.ReadOffsetType;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

final class PushScenarios {
    private PushScenarios() {
    }

    static void list(Map<String, Workload.Scenario> scenarios) {
        scenarios.put("push", PushScenarios::push);
        scenarios.put("waiting", PushScenarios::waiting);
        scenarios.put("tags", PushScenarios::tags);
        scenarios.put("broadcast", PushScenarios::broadcast);
        scenarios.put("rebalance", PushScenarios::rebalance);
        scenarios.put("orderly", PushScenarios::orderly);
        scenarios.put("startPositions", PushScenarios::startPositions);
    }

    private static List<MessageExt> into(DefaultMQPushConsumer consumer) {
        List<MessageExt> seen = Collections.synchronizedList(new ArrayList<>());
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            seen.addAll(messages);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        return seen;
    }

    private static void await(List<MessageExt> seen, int count) throws InterruptedException {
        Clients.await(count + " messages", () -> seen.size() >= count, () -> Clients.byQueue(seen));
    }

    /**
     * The client records an offset only after the listener has returned; a shutdown in between forgets it, and the next
     * member of the group gets the messages again. And what it tells the broker at its shutdown is sent one-way, and lost
     * when the connection closes first: so it is told here, and answered.
     */
    private static void recorded(DefaultMQPushConsumer consumer, List<MessageQueue> queues, long offset)
        throws Exception {
        for (MessageQueue queue : queues) {
            Clients.await("offset of " + queue, () -> recordedOffset(consumer, queue) == offset,
                () -> recordedOffset(consumer, queue));
            consumer.getDefaultMQPushConsumerImpl().getOffsetStore().updateConsumeOffsetToBroker(queue, offset, false);
        }
    }

    private static long recordedOffset(DefaultMQPushConsumer consumer, MessageQueue queue) {
        return consumer.getDefaultMQPushConsumerImpl().getOffsetStore()
            .readOffset(queue, ReadOffsetType.READ_FROM_MEMORY);
    }

    /** The queues of `topic` that a consumer holds now. */
    private static int held(DefaultMQPushConsumer consumer, String topic) {
        int count = 0;
        for (MessageQueue queue : consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl().getProcessQueueTable()
            .keySet()) {
            count += queue.getTopic().equals(topic) ? 1 : 0;
        }
        return count;
    }

    /** A group reads everything once, and a second member of it only what came after the first had gone. */
    private static void push(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Push");
        DefaultMQProducer producer = clients.producer("PushProducer");
        clients.createTopic(producer, topic, 4);
        List<MessageQueue> queues = clients.queues(producer, topic, 4);
        clients.fill(producer, queues, 10, "T");
        DefaultMQPushConsumer first = clients.push("PushGroup");
        first.subscribe(topic, "*");
        List<MessageExt> seen = into(first);
        first.start();
        await(seen, 40);
        recorded(first, queues, 10);
        first.shutdown();
        facts.state("first", Clients.byQueue(seen));
        facts.state("one of them", Facts.of(seen.stream().filter(m -> m.getQueueId() == 2).findFirst().get()));
        clients.fill(producer, queues, 1, "T");
        DefaultMQPushConsumer second = clients.push("PushGroup");
        second.subscribe(topic, "*");
        List<MessageExt> later = into(second);
        second.start();
        await(later, 4);
        facts.state("second", Clients.byQueue(later));
    }

    /** Pulls that wait at the broker are answered when a message comes, not when they time out. */
    private static void waiting(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Waiting");
        DefaultMQProducer producer = clients.producer("WaitingProducer");
        clients.createTopic(producer, topic, 1);
        DefaultMQPushConsumer consumer = clients.push("WaitingGroup");
        consumer.subscribe(topic, "*");
        List<MessageExt> seen = into(consumer);
        consumer.start();
        Clients.await("queue", () -> held(consumer, topic) == 1, () -> held(consumer, topic));
        List<MessageQueue> queues = clients.queues(producer, topic, 1);
        boolean prompt = true;
        for (int i = 1; i <= 5; i++) {
            clients.fill(producer, queues, 1, "T");
            long sent = System.nanoTime();
            await(seen, i);
            // The first may find no pull waiting yet; a pull left to its time-out would take 15 seconds.
            prompt &= i == 1 || System.nanoTime() - sent < 3_000_000_000L;
        }
        facts.state("prompt", prompt);
        facts.state("seen", Clients.byQueue(seen));
    }

    private static void tags(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Tags");
        DefaultMQProducer producer = clients.producer("TagsProducer");
        clients.createTopic(producer, topic, 1);
        MessageQueue queue = clients.queues(producer, topic, 1).get(0);
        // "Aa" and "BB" have the same hash code: the broker passes both, the client keeps the one it asked for.
        DefaultMQPushConsumer consumer = clients.push("TagsGroup");
        consumer.subscribe(topic, "Aa || C || gr\u00fcn");
        List<MessageExt> seen = into(consumer);
        DefaultMQPushConsumer other = clients.push("TagsOtherGroup");
        other.subscribe(topic, "D");
        List<MessageExt> otherSeen = into(other);
        String[] tags = {"Aa", "B", "C", "D", "gr\u00fcn", "BB", "Aa", null, "Cc", "C"};
        for (String tag : tags) {
            producer.send(new Message(topic, tag, Clients.bytes("tag " + tag)), queue);
        }
        consumer.start();
        clients.queues(producer, topic, 1);
        other.start();
        await(seen, 5);
        await(otherSeen, 1);
        // Messages that do not match while the pull waits must not end the wait for the one that does.
        for (String tag : new String[] {"B", "Cc", "D", "Aa"}) {
            producer.send(new Message(topic, tag, Clients.bytes("late " + tag)), queue);
        }
        await(seen, 6);
        await(otherSeen, 2);
        facts.state("Aa or C or gr\u00fcn", Clients.byQueue(seen));
        facts.state("D", Clients.byQueue(otherSeen));
    }

    private static void broadcast(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Broadcast");
        DefaultMQProducer producer = clients.producer("BroadcastProducer");
        clients.createTopic(producer, topic, 2);
        List<MessageQueue> queues = clients.queues(producer, topic, 2);
        clients.fill(producer, queues, 3, "T");
        List<List<MessageExt>> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            DefaultMQPushConsumer consumer = clients.push("BroadcastGroup");
            Clients.broadcast(consumer);
            consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET);
            consumer.subscribe(topic, "*");
            seen.add(into(consumer));
            consumer.start();
            Clients.await("both queues", () -> held(consumer, topic) == 2, () -> held(consumer, topic));
        }
        clients.fill(producer, queues, 4, "T");
        for (List<MessageExt> one : seen) {
            await(one, 8);
            facts.state("a member saw", Clients.byQueue(one));
        }
    }

    /** Members share the queues soon after one comes or goes, since the broker tells them (20 s otherwise). */
    private static void rebalance(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Rebalance");
        DefaultMQProducer producer = clients.producer("RebalanceProducer");
        clients.createTopic(producer, topic, 4);
        List<DefaultMQPushConsumer> consumers = new ArrayList<>();
        List<MessageExt> seen = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 2; i++) {
            DefaultMQPushConsumer consumer = clients.push("RebalanceGroup");
            consumer.subscribe(topic, "*");
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                seen.addAll(messages);
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            clients.queues(producer, topic, 4);
            consumer.start();
            consumers.add(consumer);
            int each = i == 0 ? 4 : 2;
            long since = System.nanoTime();
            Clients.await(each + " queues each", () -> consumers.stream().allMatch(c -> held(c, topic) == each),
                () -> Arrays.asList(consumers.stream().map(c -> held(c, topic)).toArray()));
            facts.state(i + 1 + " members, " + each + " queues each, soon", System.nanoTime() - since < 10_000_000_000L);
        }
        clients.fill(producer, clients.queues(producer, topic, 4), 2, "T");
        await(seen, 8);
        facts.state("seen", new TreeSet<>(Clients.byQueue(seen).keySet()));
        facts.state("twice", seen.size() - 8);
        long since = System.nanoTime();
        consumers.get(1).shutdown();
        Clients.await("all queues", () -> held(consumers.get(0), topic) == 4, () -> held(consumers.get(0), topic));
        facts.state("handed over, soon", System.nanoTime() - since < 10_000_000_000L);
    }

    private static void orderly(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Orderly");
        DefaultMQProducer producer = clients.producer("OrderlyProducer");
        clients.createTopic(producer, topic, 3);
        clients.fill(producer, clients.queues(producer, topic, 3), 6, "T");
        DefaultMQPushConsumer consumer = clients.push("OrderlyGroup");
        consumer.subscribe(topic, "*");
        consumer.setSuspendCurrentQueueTimeMillis(100);
        List<MessageExt> seen = Collections.synchronizedList(new ArrayList<>());
        Map<Integer, Integer> stalls = new TreeMap<>();
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
            int queue = messages.get(0).getQueueId();
            synchronized (stalls) {
                if (stalls.merge(queue, 1, Integer::sum) == 3) {
                    return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
                }
            }
            seen.addAll(messages);
            return ConsumeOrderlyStatus.SUCCESS;
        });
        consumer.start();
        await(seen, 18);
        facts.state("seen", Clients.byQueue(seen));
        facts.state("deliveries", stalls);
    }

    /** A young queue is read from its start by a group without offsets, whatever the group asks for. */
    private static void startPositions(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Start");
        DefaultMQProducer producer = clients.producer("StartProducer");
        clients.createTopic(producer, topic, 1);
        List<MessageQueue> queues = clients.queues(producer, topic, 1);
        clients.fill(producer, queues, 3, "T");
        ConsumeFromWhere[] positions = {ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET,
            ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET, ConsumeFromWhere.CONSUME_FROM_TIMESTAMP};
        List<List<MessageExt>> seen = new ArrayList<>();
        for (ConsumeFromWhere position : positions) {
            DefaultMQPushConsumer consumer = clients.push("Start" + position);
            consumer.setConsumeFromWhere(position);
            consumer.subscribe(topic, "*");
            seen.add(into(consumer));
            clients.queues(producer, topic, 1);
            consumer.start();
            Clients.await("queue", () -> held(consumer, topic) == 1, () -> held(consumer, topic));
        }
        clients.fill(producer, queues, 1, "T");
        for (int i = 0; i < positions.length; i++) {
            List<MessageExt> one = seen.get(i);
            Clients.await("the last message", () -> one.stream().anyMatch(m -> m.getQueueOffset() == 3),
                () -> Clients.byQueue(one));
            facts.state(positions[i].name(), Clients.byQueue(one));
        }
    }
}
