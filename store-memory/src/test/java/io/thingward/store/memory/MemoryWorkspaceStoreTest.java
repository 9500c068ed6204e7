package io.thingward.store.memory;

import static io.thingward.store.memory.Samples.ACME;
import static io.thingward.store.memory.Samples.ANN;
import static io.thingward.store.memory.Samples.pages;
import static io.thingward.store.memory.Samples.workspace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thingward.store.PageRequest;
import io.thingward.store.WorkspaceStore;
import io.thingward.store.testkit.WorkspaceStoreContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract, and what this store promises beyond it. */
class MemoryWorkspaceStoreTest extends WorkspaceStoreContract {
  private final WorkspaceStore workspaces = create();

  @Override
  protected WorkspaceStore create() {
    return new MemoryStores().workspaces();
  }

  @Test
  @DisplayName("listings are in the order of ids")
  void list_anyOrderOfInserts_isInTheOrderOfIds() {
    for (String id : new String[] {"c", "a", "b"}) {
      assertThat(workspaces.insert(workspace(id))).isTrue();
    }

    assertThat(pages(workspaces::list, 2))
        .containsExactly(workspace("a"), workspace("b"), workspace("c"));
  }

  @Test
  void listings_cursorOfAnotherListing_isRefused() {
    assertThat(List.of(workspace("a"), workspace("b"))).allMatch(workspaces::insert);
    String cursor = workspaces.list(PageRequest.first(1)).next().orElseThrow();
    PageRequest page = PageRequest.after(cursor, 1);

    assertThatIllegalArgumentException().isThrownBy(() -> workspaces.listMembers(ACME, page));
    assertThatIllegalArgumentException().isThrownBy(() -> workspaces.listMemberships(ANN, page));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspaces.listRoles(Optional.empty(), page));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workspaces.listRoles(Optional.of(ACME), page));
  }
}
