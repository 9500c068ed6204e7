package io.thingward.access;

import io.thingward.model.WorkspaceId;

/**
 * A workspace in which a subject may act.
 *
 * @param id the workspace
 * @param name what people call it
 * @param owner whether the subject's principal is one of its owners
 */
public record SubjectWorkspace(WorkspaceId id, String name, boolean owner) {}
