package dev.faultline.layout.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The number of tokens in memory. */
class TokenCursorTest {

    @Test
    void tokens_passed_are_forgotten_though_one_is_always_looked_ahead() {
        int many = 10_000;
        TokenCursor cursor = new TokenCursor("text", new Lexer("text", "struct ".repeat(many))::next);
        for (int i = 0; i < many; i++) {
            assertThat(cursor.token(1).isEnd()).isEqualTo(i + 1 == many);
            assertThat(cursor.next().column()).isEqualTo(7 * i + 1);
            assertThat(cursor.held()).isLessThanOrEqualTo(300);
        }
        assertThat(cursor.peek().isEnd()).isTrue();
    }
}
