"""The peer QGIS, run by the interpreter that has it: ``map_qgis.py FOLDER`` prints CPU seconds, one a view.

The folder holds ``city.json`` (lengths of the outlines, a shade for each, views, size) and ``city.wkb``. The
city becomes a FlatGeobuf in our map's six shades; QgsMapRendererParallelJob draws it, and the CPU time of all
its threads counts.
"""

import importlib
import json
import os
import statistics
import sys
import time
from itertools import accumulate
from pathlib import Path
from typing import Any

REPEAT = 5
PLANE = "EPSG:3857"
SHADES = ("#16212c", "#1b3146", "#21466a", "#2b6290", "#3e86b5", "#6fb4cf")
BORDER = {"outline_color": "#0e1318", "outline_width": "0.2"}


def written(core: Any, folder: Path, city: dict[str, Any]) -> str:  # noqa: ANN401  QGIS has no types
    """Write outlines and shades to FlatGeobuf and return its path."""
    memory = core.QgsVectorLayer(f"Polygon?crs={PLANE}&field=shade:int", "city", "memory")
    wkb, features = (folder / "city.wkb").read_bytes(), []
    for end, length, shade in zip(accumulate(city["lengths"]), city["lengths"], city["shades"], strict=True):
        feature, shape = core.QgsFeature(memory.fields()), core.QgsGeometry()
        shape.fromWkb(wkb[end - length : end])
        feature.setGeometry(shape)
        feature.setAttributes([shade])
        features.append(feature)
    memory.dataProvider().addFeatures(features)
    options = core.QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "FlatGeobuf"
    path = str(folder / "city.fgb")
    context = core.QgsCoordinateTransformContext()
    core.QgsVectorFileWriter.writeAsVectorFormatV3(memory, path, context, options)
    return path


def styled(core: Any, path: str) -> Any:  # noqa: ANN401
    """Return the layer in our shades."""
    layer = core.QgsVectorLayer(path, "city", "ogr")
    symbols = [core.QgsFillSymbol.createSimple({"color": shade, **BORDER}) for shade in SHADES]
    ranges = [
        core.QgsRendererRange(shade - 0.5, shade + 0.5, symbol, str(shade))
        for shade, symbol in enumerate(symbols)
    ]
    layer.setRenderer(core.QgsGraduatedSymbolRenderer("shade", ranges))
    return layer


def cpu(core: Any, layer: Any, bounds: list[float], size: list[int]) -> float:  # noqa: ANN401
    """Return the CPU seconds of one picture."""
    gui = importlib.import_module("qgis.PyQt.QtCore")
    settings = core.QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(core.QgsCoordinateReferenceSystem(PLANE))
    settings.setExtent(core.QgsRectangle(*bounds))
    settings.setOutputSize(gui.QSize(*size))
    start = time.process_time()
    job = core.QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    if job.renderedImage().isNull():
        raise RuntimeError(bounds)
    return time.process_time() - start


def main() -> None:
    """Draw each view some times and print the medians."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    core = importlib.import_module("qgis.core")
    application = core.QgsApplication([], False)
    application.initQgis()
    folder = Path(sys.argv[1])
    city = json.loads((folder / "city.json").read_text(encoding="utf-8"))
    layer = styled(core, written(core, folder, city))
    if layer.featureCount() != len(city["lengths"]):
        raise RuntimeError(layer.featureCount())
    taken = [
        statistics.median(cpu(core, layer, view, city["size"]) for _ in range(REPEAT))
        for view in city["views"]
    ]
    print(json.dumps(taken), flush=True)
    os._exit(0)  # its own end it does not always survive


if __name__ == "__main__":
    main()
