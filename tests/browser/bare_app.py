"""The least that Streamlit can do with a map: what the course's first page is measured against."""

import plotly.graph_objects as go
import streamlit as st

st.markdown("## A map")
st.plotly_chart(go.Figure(go.Heatmap(z=[[1, 0.5], [0.5, 1]], x=["a", "b"], y=["a", "b"])))
