package dev.faultline.bench.contestants.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteCountTest {

    @Test
    void routes_are_read_under_their_count() {
        for (RouteCount route : List.of(
                new LoopRoute("rtable@6.3"),
                new LoopRoute("rtable@6.4"),
                new RcurefRoute("rtable@6.3"),
                new RcurefRoute("rtable@6.4"))) {
            route.open(2);
            RouteCount.RouteUser user = (RouteCount.RouteUser) route.user(0);
            assertThat(user.get()).isTrue();
            assertThat(user.use()).isEqualTo(1);
            user.put();
            route.close();
        }
    }
}
