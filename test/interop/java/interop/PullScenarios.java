// The lite pull consumer, by subscription and by assignment: positions, commits, what a group finds when it returns.
package interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

final class PullScenarios {
    private PullScenarios() {
    }

    static void list(Map<String, Workload.Scenario> scenarios) {
        scenarios.put("litePull", PullScenarios::subscribed);
        scenarios.put("litePullAssigned", PullScenarios::assigned);
    }

    private static List<MessageExt> poll(DefaultLitePullConsumer consumer, int count) throws InterruptedException {
        List<MessageExt> seen = new ArrayList<>();
        Clients.await(count + " polled messages", () -> {
            seen.addAll(consumer.poll(500));
            return seen.size() >= count;
        }, () -> Clients.byQueue(seen));
        return seen;
    }

    private static Map<String, Object> committed(DefaultLitePullConsumer consumer, List<MessageQueue> queues)
        throws Exception {
        Map<String, Object> offsets = new TreeMap<>();
        for (MessageQueue queue : queues) {
            offsets.put(String.valueOf(queue.getQueueId()), consumer.committed(queue));
        }
        return offsets;
    }

    private static void subscribed(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("LitePull");
        DefaultMQProducer producer = clients.producer("LitePullProducer");
        clients.createTopic(producer, topic, 3);
        List<MessageQueue> queues = clients.queues(producer, topic, 3);
        clients.fill(producer, queues, 4, "T");
        clients.fill(producer, queues, 2, "U");
        DefaultLitePullConsumer consumer = clients.lite("LitePullGroup");
        consumer.subscribe(topic, "T");
        consumer.start();
        facts.state("polled", Clients.byQueue(poll(consumer, 12)));
        facts.state("before the commit", committed(consumer, queues));
        consumer.commitSync();
        // The second two of each queue do not match, so that only the pull that passed them tells how far it got.
        Clients.await("commit", () -> {
            try {
                return committed(consumer, queues).values().stream().allMatch(offset -> (Long) offset >= 4L);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, () -> "nothing committed");
        consumer.shutdown();
        clients.fill(producer, queues, 1, "T");
        DefaultLitePullConsumer next = clients.lite("LitePullGroup");
        next.subscribe(topic, "T");
        next.start();
        facts.state("after a restart", Clients.byQueue(poll(next, 3)));
    }

    private static void assigned(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Assigned");
        DefaultMQProducer producer = clients.producer("AssignedProducer");
        clients.createTopic(producer, topic, 2);
        List<MessageQueue> queues = clients.queues(producer, topic, 2);
        clients.fill(producer, queues, 5, "T");
        DefaultLitePullConsumer consumer = clients.lite("AssignedGroup");
        consumer.start();
        facts.state("queues", consumer.fetchMessageQueues(topic).size());
        MessageQueue queue = queues.get(1);
        consumer.assign(Collections.singletonList(queue));
        facts.state("from the start", Clients.byQueue(poll(consumer, 5)));
        consumer.seek(queue, 3);
        facts.state("from 3", Clients.byQueue(poll(consumer, 2)));
        consumer.seekToBegin(queue);
        facts.state("from the start again", Clients.byQueue(poll(consumer, 5)));
        consumer.seekToEnd(queue);
        clients.fill(producer, queues, 1, "T");
        facts.state("from the end", Clients.byQueue(poll(consumer, 1)));
        facts.state("offset for time 0", consumer.offsetForTimestamp(queue, 0L));
        facts.state("offset for a later time", consumer.offsetForTimestamp(queue,
            System.currentTimeMillis() + 3_600_000L));
        consumer.commitSync();
        Clients.await("commit", () -> {
            try {
                return consumer.committed(queue) == 6L;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, () -> "not 6");
        facts.state("committed", committed(consumer, queues));
    }
}
