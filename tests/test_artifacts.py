import pytest
from PIL import Image

from tools.artifacts import ArtifactStore, CorruptArtifact
from tools.canvas import Sketch, Stroke


@pytest.fixture
def store(tmp_path):
    return ArtifactStore(tmp_path / "artifacts")


def test_the_same_bytes_are_one_file(store):
    assert store.put(b"tea", "text/plain") == store.put(b"tea", "text/plain")
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 1


def test_values_come_back(store):
    sketch = Sketch(strokes=[Stroke(points=[(0.1, 0.2), (0.3, 0.4)], object="cup")], source="test")
    assert store.get_model(store.put_model(sketch), Sketch) == sketch
    image = Image.new("RGB", (4, 4), (1, 2, 3))
    assert store.get_image(store.put_image(image)).getpixel((0, 0)) == (1, 2, 3)


def test_a_changed_file_is_refused_by_name(store):
    ref = store.put(b"tea", "text/plain")
    path = store.root / ref.sha256[:2] / ref.sha256
    path.write_bytes(b"tee")
    with pytest.raises(CorruptArtifact, match=str(path)):
        store.get(ref)


def test_a_missing_file_is_refused(store):
    ref = store.put(b"tea", "text/plain")
    (store.root / ref.sha256[:2] / ref.sha256).unlink()
    with pytest.raises(CorruptArtifact, match="missing"):
        store.get(ref)
