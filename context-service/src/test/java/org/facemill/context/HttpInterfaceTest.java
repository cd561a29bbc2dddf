package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.facemill.platform.testing.BrokerAndStore;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class HttpInterfaceTest {

    @Test
    void anUnknownRunIsNotFoundAndTheInterfaceIsDescribed() {
        given().get("/runs/absent").then().statusCode(404).contentType("application/problem+json");
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/runs'.post.summary", containsString("Start a run"));
    }
}
